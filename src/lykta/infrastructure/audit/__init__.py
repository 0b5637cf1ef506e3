"""What was done, by whom and when: append-only and chained, so that a change is noticed."""
