"""What a check says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was examined."""

    name: str
    is_well: bool
    found: str
    advice: str = ""
    is_urgent: bool = True  # False: worth doing, but everything works meanwhile

    @property
    def is_fault(self) -> bool:
        """Return whether something does not work as it should."""
        return self.is_urgent and not self.is_well
