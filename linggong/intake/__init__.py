"""Reading recruiting messages: from a group message or a notice to jobs, screened and compared with those known."""

from linggong.intake.reader import read
from linggong.intake.shape import Field, Item, Reading

__all__ = ["Field", "Item", "Reading", "read"]
