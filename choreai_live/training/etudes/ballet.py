"""Ballet: the exercises of a class, and variations that mix them.

After Grant, "Technical Manual and Dictionary of Classical Ballet" (1982);
Vaganova, "Basic Principles of Classical Ballet" (1969); and Beaumont &
Idzikowski, "The Cecchetti Method of Classical Ballet" (2003): the order of a
class, the positions, what is sustained and what is sharp.
"""

from typing import Final

from choreai_live.training.etudes import ballet_fast as fast
from choreai_live.training.etudes import ballet_slow as slow
from choreai_live.training.etudes.ballet_postures import stand
from choreai_live.training.etudes.kinds import Kind

_STAND: Final = stand("fifth")

_DANCED: Final = (
    slow.arabesque,
    slow.attitudes,
    slow.centre_developpe,
    slow.port_de_bras,
    slow.runs,
    slow.runs,
    slow.walks,
    slow.stillness,
    slow.temps_lie,
    fast.balances,
    fast.bourree,
    fast.chaines,
    fast.glissade,
    fast.glissade,
    fast.grand_jete,
    fast.jetes,
    fast.pique_turns,
    fast.pirouette,
    fast.sissonnes,
    fast.small_jumps,
    fast.soutenu,
    fast.tours,
)

#: What a combination in the centre of the room runs together, without a rest.
_JOINED: Final = tuple(p for p in _DANCED if p not in (slow.stillness, slow.walks))

KINDS: Final[dict[str, Kind]] = {
    "ballet_barre": Kind(
        "classical",
        (
            slow.barre_plies,
            slow.barre_tendus,
            slow.barre_tendus,
            slow.barre_rond_de_jambe,
            slow.barre_fondus,
            slow.barre_frappes,
            slow.barre_developpe,
            slow.barre_grand_battement,
        ),
        (60.0, 120.0),
        _STAND,
        mirroring=0.15,
    ),
    "ballet_adagio": Kind(
        "classical",
        (
            slow.centre_developpe,
            slow.centre_developpe,
            slow.arabesque,
            slow.arabesque,
            slow.attitudes,
            slow.port_de_bras,
            slow.temps_lie,
            slow.cambre,
            fast.pirouette,
            fast.bourree,
            slow.walks,
            slow.stillness,
        ),
        (50.0, 90.0),
        _STAND,
        repeats=(1, 2),
    ),
    "ballet_port_de_bras": Kind(
        "classical",
        (
            slow.port_de_bras,
            slow.port_de_bras,
            slow.port_de_bras,
            slow.cambre,
            slow.swan_arms,
            slow.temps_lie,
            slow.reverence,
            slow.walks,
            fast.balances,
            fast.bourree,
            fast.soutenu,
            slow.stillness,
        ),
        (45.0, 110.0),
        _STAND,
    ),
    "ballet_turns": Kind(
        "classical",
        (
            fast.pirouette,
            fast.pirouette,
            fast.chaines,
            fast.pique_turns,
            fast.soutenu,
            fast.fouettes,
            fast.tours,
            slow.walks,
            fast.glissade,
            slow.arabesque,
            slow.stillness,
        ),
        (80.0, 140.0),
        _STAND,
        repeats=(1, 2),
    ),
    "ballet_variation": Kind("classical", _DANCED, (60.0, 130.0), _STAND, repeats=(1, 2)),
    "ballet_combination": Kind("classical", _JOINED, (100.0, 180.0), _STAND, repeats=(1, 1)),
    "ballet_allegro": Kind(
        "classical",
        (
            fast.small_jumps,
            fast.small_jumps,
            fast.sissonnes,
            fast.jetes,
            fast.grand_jete,
            fast.grand_jete,
            fast.tours,
            fast.glissade,
            fast.balances,
            fast.pirouette,
            slow.arabesque,
        ),
        (85.0, 150.0),
        _STAND,
    ),
}
