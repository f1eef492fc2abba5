"""The surfaces: they translate a request, call one operation or query, and render."""
