"""The full-screen kiosk: what a venue leaves running for weeks."""
