"""Work for later."""

from lykta.domain.meetings import services


def write_forms(pk: int) -> None:
    """Write a weekly picture or minutes in the forms that they lack."""
    services.write_forms(pk)
