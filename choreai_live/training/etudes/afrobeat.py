"""Afrobeat: the social dances of West, Central and South African pop, drawn layer by layer."""

from typing import Final

import numpy as np

from choreai_live.training.etudes.afrobeat_feet import (
    FEET,
    dig,
    gallop,
    heel_swivel,
    hips_around,
    knee_rolls,
    knees_open,
    legwork,
    low_ground,
    patter,
    shoulders,
    side_taps,
    sinking,
    stomp,
)
from choreai_live.training.etudes.afrobeat_hands import (
    HANDS,
    crossed,
    loosely,
    mimed,
    paws,
    pumped,
    rolled,
    to_and_fro,
    up_high,
    wings,
)
from choreai_live.training.etudes.grooves import Draw, any_of, groove, perform, slack, still
from choreai_live.training.etudes.kinds import Kind, Phrase
from choreai_live.training.etudes.phrasing import Rng, Score


def dance(
    feet: tuple[Draw, ...], hands: tuple[Draw, ...], *, hips: float = 0.6, lean: float = 0.0
) -> Phrase:
    """Return a phrase of any of these feet with any of these hands.

    Parameters
    ----------
    hips
        How much the hips do besides.
    lean
        Radians the trunk is tipped forward at least.
    """

    def phrase(score: Score, rng: Rng) -> None:
        moves = any_of(feet, rng) + any_of(hands, rng) + low_ground(rng, lean=lean)
        if rng.random() < 0.8:
            moves += hips_around(rng, hips)
        if rng.random() < 0.6:
            moves += shoulders(rng)
        if rng.random() < 0.15:
            moves += sinking(rng)
        moves += slack(rng)
        if rng.random() < 0.3:
            # Not everybody faces the camera.
            moves += groove(pelvis=still((rng.normal(0.0, 0.4), 0.0, 0.0)))
        beats = float(rng.choice((4, 8, 8)))
        perform(score, moves, beats, float(rng.choice((0.5, 1.0))))
        if rng.random() < 0.15:
            # Round to another side, still dancing.
            start = moves(np.zeros(1))[0]
            turn = float(rng.choice((-0.5, 0.5, 1.0, 2.0))) * np.pi
            score.layer(lambda beats: moves(beats) - start, 4.0, fade=0.3)
            score.to(score.body, 4.0, "even", turn=turn, lead=0)

    return phrase


def _vocabulary(*named: tuple[tuple[Draw, ...], tuple[Draw, ...]]) -> tuple[Phrase, ...]:
    """Return the named dances, and beside them free mixtures."""
    phrases = [dance(feet, hands) for feet, hands in named]
    return (*phrases, *phrases, dance(FEET, HANDS))


_TEMPO: Final = (95.0, 125.0)
#: Gwara gwara, shoki: a leg and an arm roll together.
_ROLLS: Final = _vocabulary(((knee_rolls,), (rolled,)), ((knee_rolls, side_taps), (wings, mimed)))
#: Azonto, alkayida: one heel swivels while the hands mime, wash, box.
_AZONTO: Final = _vocabulary(
    ((heel_swivel,), (mimed, rolled, paws, loosely)), ((side_taps, knee_rolls), (to_and_fro, mimed))
)
#: Shaku shaku: heels gallop under crossed wrists.
_SHAKU: Final = _vocabulary(
    ((gallop,), (crossed,)), ((gallop, patter), (crossed, to_and_fro, paws))
)
#: Zanku, legwork, pantsula: kicks, taps and stomps, the arms in front.
_LEGWORK: Final = _vocabulary(
    ((legwork,), (pumped, loosely, paws)),
    ((stomp,), (loosely, wings, up_high)),
    ((dig,), (pumped,)),
)
#: Ndombolo, kukere, makossa: the hips lead.
_HIPS: Final = (
    dance((knees_open, patter), (wings, pumped, up_high), hips=1.3),
    dance((knees_open, side_taps, stomp), HANDS, hips=1.2, lean=0.2),
)
#: Sekem, skelewu, buga, network, alanta: steps from side to side, swinging arms.
_SWAYS: Final = _vocabulary(
    ((side_taps,), (to_and_fro, wings)), ((patter, side_taps), (pumped, up_high)),
    ((stomp, gallop), (to_and_fro, mimed)),
)  # fmt: skip

KINDS: Final[dict[str, Kind]] = {
    "afro_rolls": Kind("afrobeat", _ROLLS, _TEMPO),
    "afro_azonto": Kind("afrobeat", _AZONTO, _TEMPO),
    "afro_shaku": Kind("afrobeat", _SHAKU, _TEMPO),
    "afro_legwork": Kind("afrobeat", _LEGWORK, _TEMPO),
    "afro_hips": Kind("afrobeat", _HIPS, _TEMPO),
    "afro_sways": Kind("afrobeat", _SWAYS, _TEMPO),
    "afro_mixed": Kind("afrobeat", (dance(FEET, HANDS), dance(FEET, HANDS, lean=0.25)), _TEMPO),
}
