"""Persondatagranskning: what in a free text tells of a person, so that it can be taken out.

The text is neither kept nor logged: what comes out is kinds and places.
"""

from lykta.infrastructure.personal_data.findings import Finding, Kind, told
from lykta.infrastructure.personal_data.screening import screen

__all__ = ["Finding", "Kind", "screen", "told"]
