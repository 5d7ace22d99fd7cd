"""Forms of the filter logs, by subject."""
