"""Forms of the meetings room, by subject."""
