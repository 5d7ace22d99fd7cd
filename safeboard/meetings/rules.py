"""Who sees the subgroup, who runs its meetings, who reads confidential papers."""
