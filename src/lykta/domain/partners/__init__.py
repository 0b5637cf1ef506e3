"""Samverkan: organisations, memberships and roles."""
