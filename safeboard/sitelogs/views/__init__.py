"""Pages of the filter logs, by subject."""
