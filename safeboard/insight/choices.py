"""Fixed numbers and names of the insight room."""

# A kind of agency with fewer agencies of the board's own than this has no line of its own: it would be an agency's own
# count. The same holds for a board as a whole.
FEWEST_AGENCIES = 3
# How far back quarters are released, and how many of them the picture shows.
RELEASED_QUARTERS = 12
SHOWN_QUARTERS = 8
OTHER = "other"  # whatever the board's pack does not know
JOINED = "+"  # kinds of agency that share a line
TABLES = ("kinds", "classifications", "agencies")
