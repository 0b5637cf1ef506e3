"""Lagrum: law as dated rows with a source."""
