"""A county that does not exist: boards, agencies, people and two years of incidents, made from a seed."""

from .county import make_county
from .sizes import DEMONSTRATION, NEIGHBOUR, Size

__all__ = ["DEMONSTRATION", "NEIGHBOUR", "Size", "make_county"]
