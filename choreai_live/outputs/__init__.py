"""Results as files: JSON, CSV, SRT and AlphaPose's, each written whole or not at all."""

from choreai_live.outputs.alphapose_file import SeenPoses, alphapose_json
from choreai_live.outputs.csv_file import classification_csv
from choreai_live.outputs.json_file import classification_json
from choreai_live.outputs.naming import result_names
from choreai_live.outputs.srt_file import classification_srt, subtitle_names
from choreai_live.writing import OutputFile, OutputFolder

__all__ = [
    "OutputFile",
    "OutputFolder",
    "SeenPoses",
    "alphapose_json",
    "classification_csv",
    "classification_json",
    "classification_srt",
    "result_names",
    "subtitle_names",
]
