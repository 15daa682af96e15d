"""The style model and its contract."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from choreai_live.errors import ModelError
from choreai_live.style import StyleModel
from choreai_live.style.model import softmax


def test_the_file_says_everything_about_itself(style_model: StyleModel) -> None:
    assert style_model.labels == ("afrobeat", "classical", "hiphop", "other")
    assert style_model.unsure_labels == {"other"}
    assert (style_model.rate, style_model.context, style_model.max_gap) == (15, 6, 0.5)
    assert style_model.hidden_size == 12
    assert style_model.version == "0-test"
    assert "trained on nothing" in style_model.statement


def test_a_chunk_equals_its_steps(
    style_model: StyleModel, dance: Callable[..., np.ndarray]
) -> None:
    clip = np.stack([dance(k / 15) for k in range(style_model.context + 40)])[None]
    whole, hidden, cell = style_model.step(clip, *style_model.initial_state(1))
    state = style_model.initial_state(1)
    window = style_model.context + 1
    steps = []
    for k in range(40):
        logits, *state = style_model.step(clip[:, k : k + window], *state)
        steps.append(logits)
    np.testing.assert_allclose(np.concatenate(steps, axis=1), whole, atol=1e-4)
    np.testing.assert_allclose(state[0], hidden, atol=1e-4)
    np.testing.assert_allclose(state[1], cell, atol=1e-4)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"contract": None}, "has no choreai.contract"),
        ({"contract": "2"}, "version '2' of the contract"),
        ({"labels": None}, "has no choreai.labels"),
        ({"labels": "afrobeat, hiphop"}, "not a JSON list of names"),
        ({"labels": '["a", "b", "", "other"]'}, "not a JSON list of names"),
        ({"labels": '["a", "a", "b", "other"]'}, "the same label twice"),
        ({"labels": '["other"]'}, "at least two labels"),
        ({"labels": '["a", "b", "other"]'}, "gives 4 logits for 3 labels"),
        ({"unsure_labels": '["salsa"]'}, "'salsa' in choreai.unsure_labels"),
        ({"labels": '["a", "b"]', "unsure_labels": '["a", "b"]'}, "every one of its labels"),
        ({"rate": "fast"}, "choreai.rate 'fast'"),
        ({"rate": "-15"}, "not a positive number"),
        ({"rate": "nan"}, "not a positive number"),
        ({"context": "1.5"}, "not a whole number"),
        ({"context": "3"}, "fails on a first step"),
        ({"max_gap": None}, "has no choreai.max_gap"),
        ({"version": " "}, "has no choreai.version"),
        ({"statement": None}, "has no choreai.statement"),
        ({"layers": 1}, "takes 'hidden' as (1, dancers, 12) where (2, free, 12)"),
    ],
)
def test_each_breach_of_the_contract_is_one_sentence(
    style_model_file: Callable[..., Path],
    tmp_path: Path,
    change: dict[str, str | int | None],
    complaint: str,
) -> None:
    path = style_model_file(tmp_path / "broken.onnx", **change)
    with pytest.raises(ModelError) as caught:
        StyleModel(path)
    message = str(caught.value)
    assert complaint in message
    assert str(path) in message
    assert "\n" not in message


def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "style.onnx"
    path.write_bytes(b"not a model")
    with pytest.raises(ModelError, match=r"style\.onnx"):
        StyleModel(path)


def test_another_models_file_is_refused(tmp_path: Path) -> None:
    import onnx
    from onnx import TensorProto, helper

    picture = helper.make_tensor_value_info("image", TensorProto.FLOAT, (1, 3, 8, 8))
    result = helper.make_tensor_value_info("result", TensorProto.FLOAT, (1, 3, 8, 8))
    graph = helper.make_graph(
        [helper.make_node("Relu", ["image"], ["result"])], "other", [picture], [result]
    )
    opset = [helper.make_opsetid("", 18)]
    path = tmp_path / "other.onnx"
    onnx.save(helper.make_model(graph, opset_imports=opset, ir_version=9), path)
    with pytest.raises(ModelError, match=r"has no choreai\.contract"):
        StyleModel(path)


def test_softmax_survives_large_logits() -> None:
    probabilities = softmax(np.array([[1000.0, 999.0, -1000.0]], np.float32))
    np.testing.assert_allclose(probabilities.sum(axis=-1), 1, rtol=1e-6)
    assert probabilities[0, 0] == pytest.approx(1 / (1 + np.exp(-1)), rel=1e-5)
