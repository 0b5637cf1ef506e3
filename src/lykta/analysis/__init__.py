"""Numbers: pure functions on arrays, frozen results; no files, no web."""
