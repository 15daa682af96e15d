"""Results as JSON."""

import json

from choreai_live import __version__
from choreai_live.classification import ClassificationReport
from choreai_live.outputs import classification_json


def test_the_document_says_what_read_what(report: ClassificationReport) -> None:
    document = json.loads(classification_json(report))
    assert document["schema"] == "choreai.classification/1"
    assert document["generator"] == f"choreai-live {__version__}"
    assert document["model"] == {
        "style": "1",
        "labels": ["hiphop", "other"],
        "unsure_labels": ["other"],
        "pose": "blazepose",
    }
    assert [s["source"] for s in document["sources"]] == [
        "a/duo, take 1.mp4",
        "empty.mp4",
        "broken.mp4",
    ]


def test_a_source_and_its_dancers(report: ClassificationReport) -> None:
    source = json.loads(classification_json(report))["sources"][0]
    assert {key: source[key] for key in ("duration", "frames", "rate", "size")} == {
        "duration": 10.0,
        "frames": 300,
        "rate": 29.97,
        "size": [640, 480],
    }
    assert "error" not in source
    assert [d["id"] for d in source["dancers"]] == [1, 3]
    dancer = source["dancers"][0]
    assert (dancer["first_seen"], dancer["last_seen"]) == (0.0, 10.0)
    assert dancer["segments"][:2] == [
        {"start": 0.0, "end": 1.0, "label": None, "confidence": 0.5124},
        {"start": 1.0, "end": 6.0, "label": "hiphop", "confidence": 0.8765},
    ]
    assert dancer["mean_probabilities"] == {"hiphop": 0.7, "other": 0.3}


def test_a_broken_source_keeps_its_place_and_its_reason(report: ClassificationReport) -> None:
    empty, broken = json.loads(classification_json(report))["sources"][1:]
    assert empty["dancers"] == []
    assert broken == {
        "source": "broken.mp4",
        "duration": None,
        "frames": 0,
        "rate": None,
        "size": None,
        "dancers": [],
        "error": "broken.mp4 is no video.",
    }


def test_a_taught_move_has_its_finer_name_and_others_no_such_key(
    finer: ClassificationReport,
) -> None:
    (source,) = json.loads(classification_json(finer))["sources"]
    assert source["dancers"][0]["segments"] == [
        {"start": 0.0, "end": 2.0, "label": "afrobeat", "confidence": 0.8, "finer": "gwara, fast"},
        {"start": 2.0, "end": 3.0, "label": "my own", "confidence": 0.7},
    ]
