"""The Swedish police: published events, hand-over files, and the list of vulnerable areas."""
