"""Tools that know nothing of crime or of cities."""
