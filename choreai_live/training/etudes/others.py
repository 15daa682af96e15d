"""All dances that are none of the three styles: what a venue's floor sees besides them."""

from typing import Final

from choreai_live.training.etudes import ballroom, folk_dances, show_dances
from choreai_live.training.etudes.kinds import Kind

KINDS: Final[dict[str, Kind]] = {**ballroom.KINDS, **show_dances.KINDS, **folk_dances.KINDS}
