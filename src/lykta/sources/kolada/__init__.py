"""Kolada: key figures of municipalities and regions."""
