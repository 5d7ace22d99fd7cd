"""Pages of the incident room, by subject."""
