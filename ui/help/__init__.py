"""What the program says about itself: its versions and licences, its keys, its diagnostics."""
