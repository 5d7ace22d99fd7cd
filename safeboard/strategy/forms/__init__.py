"""Forms of the strategy room, by subject."""
