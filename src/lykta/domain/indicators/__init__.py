"""Series from outside and inside, with source, period and definition: nyckeltal."""
