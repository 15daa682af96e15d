"""The PyQt6 window; installed as ``choreai_live.ui``. Knows the pipeline, never a model."""
