"""Elementwise and array operators of the converter, against numpy."""

import numpy as np
import pytest
from tfjs_onnx.elementwise import broadcast
from tfjs_onnx.graph import ConversionError

A = np.array([[0.5, -2.0, 3.25], [7.0, 0.125, -0.5]], np.float32)
B = np.array([[1.5, -2.0, -3.0], [0.25, 4.0, 2.0]], np.float32)
INDICES = np.array([0, 3, 7, 12], np.int64)
CUBE = np.arange(2 * 3 * 4, dtype=np.float32).reshape(2, 3, 4)


@pytest.mark.parametrize(
    ("operator", "function"),
    [
        ("Add", np.add),
        ("AddV2", np.add),
        ("Sub", np.subtract),
        ("Mul", np.multiply),
        ("RealDiv", np.divide),
        ("Maximum", np.maximum),
        ("Minimum", np.minimum),
        ("Less", np.less),
        ("Greater", np.greater),
        ("GreaterEqual", np.greater_equal),
        ("Equal", np.equal),
        ("SquaredDifference", lambda a, b: (a - b) ** 2),
    ],
)
def test_binary(tiny, operator, function):
    graph = tiny()
    a, b = graph.input("a", A), graph.input("b", B)
    row = graph.constant(B[:1])
    graph.check(
        {
            graph.add(operator, a, b): function(A, B),
            graph.add(operator, a, row): function(A, B[:1]),
            graph.add(operator, row, a): function(B[:1], A),
        },
        varying=True,
    )


@pytest.mark.parametrize(
    ("operator", "function"),
    [
        ("Abs", np.abs),
        ("Exp", np.exp),
        ("Relu", lambda a: np.maximum(a, 0)),
        ("Relu6", lambda a: np.clip(a, 0, 6)),
        ("Sigmoid", lambda a: 1 / (1 + np.exp(-a))),
        ("Reciprocal", lambda a: 1 / a),
    ],
)
def test_unary(tiny, operator, function):
    graph = tiny()
    values = B if operator == "Reciprocal" else A
    graph.check({graph.add(operator, graph.input("a", values)): function(values)})


def test_whole_number_division_and_logic(tiny):
    graph = tiny()
    quotient = graph.add("FloorDiv", graph.input("i", INDICES), graph.constant(5))
    small = graph.add("Less", "i", graph.constant(10))
    large = graph.add("Greater", "i", graph.constant(2))
    between = graph.add("LogicalAnd", small, large)
    chosen = graph.add("Select", between, "i", graph.constant(np.zeros(4, np.int32)))
    graph.check({quotient: INDICES // 5, chosen: [0, 3, 7, 0]})


def test_add_all_of_several(tiny):
    graph = tiny()
    total = graph.add("AddN", graph.input("a", A), graph.input("b", B), "a")
    graph.check({total: A + B + A})


@pytest.mark.parametrize(
    ("operator", "neutral"),
    [("Add", 0.0), ("Sub", 0.0), ("Mul", 1.0), ("RealDiv", 1.0)],
)
def test_what_changes_nothing_is_left_out(tiny, operator, neutral):
    graph = tiny()
    same = graph.add(operator, graph.input("a", A), graph.constant(np.full(3, neutral, np.float32)))
    model = graph.check({same: A})
    assert {node.op_type for node in model.graph.node} == {"Cast", "Identity"}


def test_a_neutral_constant_that_widens_the_result_stays(tiny):
    graph = tiny()
    column = A[:, :1]
    wider = graph.add("Add", graph.input("a", column), graph.constant(np.zeros((1, 3), np.float32)))
    graph.check({wider: np.broadcast_to(column, (2, 3))})


def test_select_between_unequal_ranks_is_refused(tiny):
    graph = tiny()
    condition = graph.input("c", np.array([True, False]))
    with pytest.raises(ConversionError, match="unequal rank"):
        graph.check({graph.add("Select", condition, graph.input("a", A), "a"): A})


def test_broadcast_of_partly_known_shapes():
    assert broadcast((2, 1, None), (3, 1)) == (2, 3, None)
    assert broadcast((None, 4), (1, 1)) == (None, 4)
    with pytest.raises(ConversionError, match="broadcast"):
        broadcast((2, 3), (4,))


SLICES = {
    "range": (np.s_[0:2, 1:3, 0:4], [0, 1, 0], [2, 3, 4], [1, 1, 1], {}),
    "open ends": (np.s_[1:, :2, :], [1, 9, 9], [9, 2, 9], [1, 1, 1], (6, 5, 0, 0)),
    "stride": (np.s_[:, ::2, 1:4:2], [0, 0, 1], [0, 0, 4], [1, 2, 2], (3, 3, 0, 0)),
    "from the end": (np.s_[:, -2:-1, -1], [0, -2, -1], [0, -1, 0], [1, 1, 1], (1, 1, 0, 4)),
    "index": (np.s_[1, :, 2], [1, 0, 2], [2, 0, 3], [1, 1, 1], (2, 2, 0, 5)),
    "new axes": (np.s_[None, :, :, None], [0] * 4, [0] * 4, [1] * 4, (6, 6, 9, 0)),
    "index before new": (np.s_[1, None, :2], [1, 0, 0], [2, 0, 2], [1] * 3, (0, 0, 2, 1)),
    "fewer entries than axes": (np.s_[1:2], [1], [2], [1], {}),
}


@pytest.mark.parametrize("varying", [False, True])
@pytest.mark.parametrize("name", SLICES)
def test_strided_slice(tiny, name, varying):
    expected, begin, end, stride, masks = SLICES[name]
    names = ("begin_mask", "end_mask", "new_axis_mask", "shrink_axis_mask")
    graph = tiny()
    bounds = [graph.constant(np.array(bound, np.int32)) for bound in (begin, end, stride)]
    part = graph.add(
        "StridedSlice",
        graph.input("x", CUBE),
        *bounds,
        **dict(zip(names, masks or (0, 0, 0, 0), strict=True)),
    )
    graph.check({part: CUBE[expected]}, varying=varying)


@pytest.mark.parametrize(
    ("stride", "ellipsis", "complaint"), [(1, 1, "ellipsis"), (-1, 0, "backwards")]
)
def test_slices_not_known_here_are_refused(tiny, stride, ellipsis, complaint):
    graph = tiny()
    bounds = [graph.constant([bound]) for bound in (0, 1, stride)]
    part = graph.add("StridedSlice", graph.input("x", CUBE), *bounds, ellipsis_mask=ellipsis)
    with pytest.raises(ConversionError, match=complaint):
        graph.check({part: CUBE[0:1]})


def test_axes_come_and_go(tiny):
    graph = tiny()
    graph.input("x", CUBE)
    graph.input("s", CUBE[:1])
    graph.check(
        {
            graph.add("ExpandDims", "x", graph.constant(-1)): CUBE[..., None],
            graph.add("ExpandDims", "x", graph.constant(1)): CUBE[:, None],
            graph.add("Squeeze", "s", squeeze_dims=[0]): CUBE[0],
            graph.add("Reshape", "x", graph.constant([-1, 6])): CUBE.reshape(-1, 6),
            graph.add("Shape", "x"): [2, 3, 4],
            graph.add("Size", "x"): 24,
        },
        varying=True,
    )


def test_parts_are_joined_and_taken_apart(tiny):
    graph = tiny()
    graph.input("x", CUBE)
    graph.input("y", CUBE + 100)
    first, last = graph.constant(CUBE[0]), graph.constant(-1)
    row = graph.add("Unpack", "x", num=2, axis=0)
    thirds = graph.add("Split", graph.constant(1), "x", num_split=3)
    graph.check(
        {
            graph.add("Pack", "x", "y", axis=-1, N=2): np.stack([CUBE, CUBE + 100], -1),
            graph.add("Pack", row, first, axis=0, N=2): np.stack([CUBE[0], CUBE[0]]),
            graph.add("Identity", f"{row}:1"): CUBE[1],
            graph.add("ConcatV2", "x", "y", last, N=2): np.concatenate([CUBE, CUBE + 100], -1),
            graph.add("Identity", f"{thirds}:2"): CUBE[:, 2:],
        }
    )


def test_gather_and_repeat(tiny):
    places = np.array([[0, 2], [1, 1], [1, 0]], np.int64)
    graph = tiny()
    graph.input("x", CUBE)
    sizes = graph.add("Pack", graph.constant(2), graph.input("n", np.array(3)), axis=0, N=2)
    end = graph.input("end", np.array(5, np.float32))
    graph.check(
        {
            graph.add("GatherNd", "x", graph.input("i", places)): CUBE[places[:, 0], places[:, 1]],
            graph.add("Tile", "x", graph.constant([1, 2, 1])): np.tile(CUBE, (1, 2, 1)),
            graph.add("Fill", sizes, graph.constant(np.float32(2.5))): np.full((2, 3), 2.5),
            graph.add(
                "Range", graph.constant(np.float32(1)), end, graph.constant(np.float32(1.5))
            ): [1, 2.5, 4],
        }
    )


def test_sort_and_reduce(tiny):
    scores = np.array([[3.0, 9.0, 1.0, 9.0, 4.0]], np.float32)
    graph = tiny()
    graph.input("x", CUBE)
    best = graph.add("TopKV2", graph.input("scores", scores), graph.constant(3))
    graph.check(
        {
            best: [[9, 9, 4]],
            graph.add("Identity", f"{best}:1"): [[1, 3, 4]],  # equals in their own order
            graph.add("ArgMax", "scores", graph.constant(-1)): [1],
            graph.add("Max", "x", graph.constant(2), keep_dims=False): CUBE.max(2),
            graph.add("Max", "x", graph.constant([0, -1]), keep_dims=True): CUBE.max(
                (0, 2), keepdims=True
            ),
            graph.add("Sum", "x", graph.constant(-1), keep_dims=False): CUBE.sum(-1),
        },
        varying=True,
    )


def test_arrays_of_pictures_keep_tensorflows_order(tiny):
    picture = np.arange(2 * 3 * 5, dtype=np.float32).reshape(1, 2, 3, 5)
    graph = tiny()
    turned = graph.add("Sigmoid", graph.input("x", picture))  # lies channels first
    expected = 1 / (1 + np.exp(-picture))
    graph.check(
        {
            turned: expected,
            graph.add("Shape", turned): [1, 2, 3, 5],
            graph.add("Reshape", turned, graph.constant([1, -1])): expected.reshape(1, -1),
            graph.add("Squeeze", turned, squeeze_dims=[0]): expected[0],
            graph.add("Max", turned, graph.constant([1, 2]), keep_dims=False): expected.max((1, 2)),
        },
        varying=True,
    )


def test_what_varies_must_not_where_a_constant_is_needed(tiny):
    graph = tiny()
    axis = graph.input("axis", np.array(0))
    with pytest.raises(ConversionError, match="not fixed by constants"):
        graph.check({graph.add("ArgMax", graph.input("x", CUBE), axis): CUBE.argmax(0)})


def test_unknown_operators_are_named(tiny):
    graph = tiny()
    with pytest.raises(ConversionError, match="FusedSoftSort"):
        graph.check({graph.add("FusedSoftSort", graph.input("x", CUBE)): CUBE})


def test_the_same_graph_gives_the_same_bytes(tiny):
    contents = set()
    for _ in range(2):
        graph = tiny()
        total = graph.add("Add", graph.input("a", A), graph.constant(B))
        model = graph.model({graph.add("Relu6", total): A}, varying=True)
        contents.add(model.SerializeToString(deterministic=True))
    assert len(contents) == 1
