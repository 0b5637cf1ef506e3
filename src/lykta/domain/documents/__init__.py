"""Documents: the register of what has been locked, and can no longer be changed."""
