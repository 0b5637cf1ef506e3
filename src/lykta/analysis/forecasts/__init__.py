"""Does a forecast beat the simplest guess? If not, it says so."""
