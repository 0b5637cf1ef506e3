"""Accounts: who may log in. What they may then see and do is said elsewhere."""
