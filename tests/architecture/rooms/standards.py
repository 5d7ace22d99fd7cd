"""The guards' tables of the standards room."""
