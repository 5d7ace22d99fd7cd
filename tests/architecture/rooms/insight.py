"""The guards' tables of the insight room, beyond the picture."""
