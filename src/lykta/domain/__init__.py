"""The rooms: each a part of the work, with files of the same names inside."""
