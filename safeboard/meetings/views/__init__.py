"""Pages of the subgroup and its meetings, by subject."""
