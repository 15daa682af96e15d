"""Choosing what to watch: cameras, files, streams, the demo, and what was watched before."""
