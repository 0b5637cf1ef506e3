"""The week: its picture, the meeting, what was decided, done and answered."""
