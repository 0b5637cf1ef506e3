"""Which tables have changed, so that what is worked out from them can be kept until they do."""
