"""The shapes of what strategies are begun from."""
