"""Plans: the common picture that the municipality has frozen, and what it rests on."""
