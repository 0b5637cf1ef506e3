"""The API: gathers what each room has for machines."""
