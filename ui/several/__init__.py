"""Several sources at once: a wall of tiles, one of which is chosen."""
