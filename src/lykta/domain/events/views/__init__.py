"""The pages of reports, a file for each of those who open them."""
