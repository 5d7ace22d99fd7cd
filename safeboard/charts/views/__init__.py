"""Pages of the charts, by subject."""
