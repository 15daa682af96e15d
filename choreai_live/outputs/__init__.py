"""Results as files: JSON, CSV and SRT, each written whole or not at all."""

from choreai_live.outputs.csv_file import classification_csv
from choreai_live.outputs.json_file import classification_json
from choreai_live.outputs.srt_file import classification_srt, subtitle_names
from choreai_live.outputs.writing import OutputFile, OutputFolder

__all__ = [
    "OutputFile",
    "OutputFolder",
    "classification_csv",
    "classification_json",
    "classification_srt",
    "subtitle_names",
]
