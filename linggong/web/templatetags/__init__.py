"""Template tags shared by all surfaces."""
