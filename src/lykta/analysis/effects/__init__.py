"""Did it help? What a measure changed, with an interval, or that nobody can tell."""
