"""The guards' tables of the sitelogs room."""
