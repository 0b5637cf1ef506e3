"""The pages of the week: fetch, ask, show."""
