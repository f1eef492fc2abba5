"""Who can do this shift, how well does it fit, and why: pure Python, no Django, no I/O."""
