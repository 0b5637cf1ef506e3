"""Backups: all that an installation owns in one file, and back again.

`archive` is the file and its manifest, `databases` the copy of a database, `services` the whole.
"""
