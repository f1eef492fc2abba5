"""Small pure parts that every other package may use: no Django, no I/O."""
