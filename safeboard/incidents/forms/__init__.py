"""Forms of the incident room, by page."""
