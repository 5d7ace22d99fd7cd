"""The shapes of what a subgroup and its meetings are begun from."""
