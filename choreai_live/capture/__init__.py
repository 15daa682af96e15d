"""Sources of frames: cameras, streams, files, picture folders and the demo dancer."""
