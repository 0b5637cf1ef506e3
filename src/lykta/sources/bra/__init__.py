"""Brå, the national council for crime prevention: reported crimes."""
