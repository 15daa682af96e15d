"""Extraction: from a folder of videos to a dataset of pose sequences.

Capture, pose and tracking as the program itself runs them, over as many
videos as there are, on as many cores or machines as there are. What others
extracted with AlphaPose enters here too. Knows nothing of torch.
"""
