"""What happened while the window was open: kept, shown, copied and saved."""
