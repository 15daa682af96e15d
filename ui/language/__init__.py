"""The languages of the window and the kiosk: English as written in the code, and French."""
