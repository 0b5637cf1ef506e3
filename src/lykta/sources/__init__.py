"""Outside data in, plain records and row errors out."""
