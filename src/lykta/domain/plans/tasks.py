"""Work for later."""

from lykta.domain.plans import services


def write_forms(pk: int) -> None:
    """Write a frozen picture in the forms that it lacks."""
    services.write_forms(pk)
