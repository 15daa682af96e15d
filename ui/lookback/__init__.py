"""Looking back along the timeline while live goes on."""
