"""What a sample says of those it was drawn from."""
