"""The guards' tables of the meetings room."""
