"""A simulated SMS gateway: it takes signed messages and shows them in an inbox instead of sending them.

It stands alone: no Django, no database. What it has taken is in a file before it answers.
"""
