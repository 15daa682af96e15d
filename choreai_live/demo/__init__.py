"""The demo dancer: procedural choreography, rendered, with known joints."""

from choreai_live.demo.scene import DemoScene, Truth
from choreai_live.demo.settings import DANCES, OUTFITS, SceneSettings

__all__ = ["DANCES", "OUTFITS", "DemoScene", "SceneSettings", "Truth"]
