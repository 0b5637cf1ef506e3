"""The web: the frame of every page, and the pages that join rooms."""
