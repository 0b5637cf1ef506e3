"""One run: a million events in six thousand areas, beside pandas + geopandas + esda."""
