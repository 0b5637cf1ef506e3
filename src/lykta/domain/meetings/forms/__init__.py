"""What people fill in about the week."""
