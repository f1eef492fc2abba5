"""零工: the open platform for public gig labour markets."""

__version__ = "0.1.0"
