"""The open API: the same operations as every page, for programs."""
