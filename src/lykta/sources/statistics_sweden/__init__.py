"""SCB, Statistics Sweden: areas, municipalities and population."""
