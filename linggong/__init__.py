"""零工: the open platform for public gig labour markets."""
