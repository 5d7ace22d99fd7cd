"""Pages of the partnership, by subject."""
