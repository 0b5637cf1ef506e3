"""Compiled loops for what no array expression does well; each has a plain twin in the tests.

Compiled once and cached by numba: in `NUMBA_CACHE_DIR` if that is set, else beside this file
or, where that is not writable, in the user's cache folder. `lykta doctor --compile` fills it.
"""
