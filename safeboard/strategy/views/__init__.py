"""Views of the strategy room, by subject."""
