"""Gallring: what must be deleted and when, done every night, with proof that tells of nobody.

A room hands over a `Dataset`; the rules are dated rows; what was deleted is a log of numbers.
"""
