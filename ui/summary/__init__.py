"""The choreography on one page, to be looked at and saved."""
