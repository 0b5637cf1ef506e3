"""Work for later."""

from lykta.infrastructure.imports import services
from lykta.infrastructure.imports.models import Run, State


def carry_out(run_id: int) -> None:
    """Carry out a run; one that is done already is left as it is."""
    run = Run.objects.get(pk=run_id)
    if run.state in (State.WAITING, State.RUNNING):
        services.carry_out(run)
