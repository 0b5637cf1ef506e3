"""Notices: telling accounts that something concerns them, in lykta and by mail."""
