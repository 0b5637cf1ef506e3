"""Photos: what somebody uploads becomes a clean picture, made anew from its pixels alone.

Nothing else of the file is kept: not where or when it was taken, nor what hides behind it.
"""
