"""A living county market, made by the project's own operations from a seed: nobody and nothing in it is real."""
