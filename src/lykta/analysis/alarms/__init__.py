"""Is this week out of the ordinary? Each method learns from the past of its own series."""
