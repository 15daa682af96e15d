"""Teaching the window a style: the lesson, corrections, and what was taught."""
