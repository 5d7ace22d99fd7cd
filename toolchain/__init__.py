"""What dev.py does, in parts. Standard library only: it runs before anything is installed."""
