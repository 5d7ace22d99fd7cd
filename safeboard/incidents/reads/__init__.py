"""Reads of the record half: the list, the story, what needs somebody."""
