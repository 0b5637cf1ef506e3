"""Reading the runs; who may do so is decided by the room that asks."""

from django.db.models import Count, Max, Model
from django.shortcuts import get_object_or_404

from lykta.infrastructure.imports.models import Run, State
from lykta.infrastructure.once import once_a_page


def latest(*, at_most: int, kinds: tuple[str, ...] = ()) -> list[Run]:
    """Return the last runs, the newest first, of some kinds or of all."""
    rows = Run.objects.exclude(state=State.CHECKED).select_related("started_by")
    return list((rows.filter(kind__in=kinds) if kinds else rows)[:at_most])


def run(pk: int, *, kinds: tuple[str, ...]) -> Run:
    """Return one run of some kinds, or raise as for what does not exist."""
    return get_object_or_404(Run.objects.select_related("started_by"), pk=pk, kind__in=kinds)


@once_a_page
def state(*models: type[Model]) -> tuple[object, ...]:
    """Return what differs as soon as another file has been read in: a key to keep answers by.

    models : tables that grow in other ways too.
    """
    newest = (model._default_manager.aggregate(pk=Max("pk"))["pk"] for model in models)
    return (*_done(), *newest)


@once_a_page
def _done() -> tuple[object, ...]:
    done = Run.objects.filter(state=State.DONE)
    return tuple(done.aggregate(n=Count("pk"), last=Max("finished_at")).values())
