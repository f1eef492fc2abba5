"""Does it put people to work? A county's mornings simulated, with several ways of filling places side by side."""
