"""The settings page: what the settings file holds, to be changed with a mouse or by keys."""
