"""What staff can do here: say why they open somebody outside their own work, and look into what stood out."""

from kimbilio.caseload.actions.looking_into import look_into
from kimbilio.caseload.actions.opening import say_why

__all__ = ["look_into", "say_why"]
