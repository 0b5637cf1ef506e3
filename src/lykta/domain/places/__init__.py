"""Platser: areas, their borders and population, and the lists they stand on."""
