"""The shapes of what reviews, surveys, indicators and reports are made of."""
