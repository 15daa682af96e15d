"""What results are called."""

from choreai_live.outputs import result_names


def test_results_are_called_like_their_sources_and_those_of_alphapose_like_their_folders() -> None:
    sources = ["a/clip.mp4", "b/CLIP.mov", "one/alphapose-results.json", "alphapose-results.json"]
    assert result_names(sources, ".json") == ["clip.json", "CLIP-2.json", "one.json", "source.json"]
