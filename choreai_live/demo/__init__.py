"""The demo dancer: procedural choreography, rendered, with known joints."""
