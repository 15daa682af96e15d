"""What a scene can be asked for."""

from typing import Any

import pytest

from choreai_live.demo import DANCES, OUTFITS, SceneSettings


@pytest.mark.parametrize("dance", DANCES)
@pytest.mark.parametrize("outfit", OUTFITS)
def test_takes_every_name_it_lists(dance: str, outfit: str) -> None:
    assert SceneSettings(dance=dance, outfit=outfit).dance == dance


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"dancers": 0}, "dancers must be between 1 and 4, not 0."),
        ({"dancers": 5}, "dancers must be between 1 and 4, not 5."),
        ({"tempo": float("nan")}, "tempo must be between 40 and 240, not nan."),
        ({"width": 32}, "width must be between 64 and 4096, not 32."),
        ({"rate": 0.0}, "rate must be between 0.1 and 240, not 0.0."),
        ({"distance": 0.5}, "distance must be between 2.0 and 20.0, not 0.5."),
        ({"skin": 11}, "skin must be between 0 and 10, not 11."),
        ({"dance": "polka"}, "dance must be one of medley, afrobeat"),
        ({"outfit": "tuxedo"}, "outfit must be one of mixed, festival"),
    ],
)
def test_refuses_what_it_cannot_show(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace(".", r"\.")):
        SceneSettings(**wrong)
