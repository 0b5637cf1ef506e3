"""Läget: map and table of the events of some weeks, with one filter bar."""
