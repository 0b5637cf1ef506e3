"""Which of two texts to show: what editors write is kept in Swedish and English side by side."""

from django.utils.translation import get_language


def either(swedish: str, english: str) -> str:
    """Return the text in the language of the reader; Swedish where there is no other."""
    is_english = (get_language() or "sv").startswith("en")
    return english if is_english and english else swedish
