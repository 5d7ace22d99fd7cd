"""The guards' tables of the strategy room."""
