"""Do the methods keep their word? False alarms and coverage in worlds where nothing happens."""

SEED = 20261124
WORLDS = 2_000
# For checks of intervals: a coverage of 95 % is then known to two in a thousand.
MANY_WORLDS = 10_000
DISPERSIONS = (1.0, 2.0, 3.0)
