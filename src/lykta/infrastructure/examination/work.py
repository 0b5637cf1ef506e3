"""Whether the audit log agrees with itself, and whether the work that waits is done."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils import timezone
from django_q.models import OrmQ
from django_q.status import Stat

from lykta.infrastructure.audit import chain
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.audit.models import Entry, Tail
from lykta.infrastructure.columns import services as columns
from lykta.infrastructure.examination.check import Check, said
from lykta.infrastructure.imports.models import Run, State
from lykta.infrastructure.imports.services import SILENCE
from lykta.infrastructure.notifications import selectors as notifications
from lykta.infrastructure.notifications import sending
from lykta.infrastructure.papers.swedish import number

OLDEST_ANCHOR = timedelta(days=2)


def checks(now: datetime) -> Iterator[Check]:
    """Yield the checks of the audit log, the worker, the imports, the columns and the mails."""
    yield _chain()
    yield _anchor(timezone.localdate(now))
    yield _worker()
    yield _runs(now)
    yield _columns()
    yield _mails(now)


def _chain() -> Check:
    tail = Tail.objects.get(pk=1)
    last = Entry.objects.order_by("-number").first()
    ends = (last.number, last.hash) if last else (0, chain.START)
    is_well = (tail.number, tail.hash) == ends and (last is None or chain.digest(last) == last.hash)
    return Check(
        said("Granskningslogg"),
        is_well=is_well,
        found=said("{n} poster, slutet stämmer", n=number(tail.number))
        if is_well
        else said("{n} poster, slutet stämmer inte", n=number(tail.number)),
        advice=""
        if is_well
        else said("Kör lykta audit verify, och ändra inget förrän orsaken är känd."),
    )


def _anchor(today: date) -> Check:
    days = sorted(path.stem for path in audit.anchor_folder().glob("*.txt"))
    is_well = bool(days) and today - date.fromisoformat(days[-1]) <= OLDEST_ANCHOR
    return Check(
        said("Ankare"),
        is_well=is_well,
        found=said("senast {day}", day=days[-1]) if days else said("inget än"),
        advice="" if is_well else said("Låt lykta serve vara igång, eller kör lykta audit anchor."),
        is_urgent=False,
    )


def _worker() -> Check:
    n_waiting = OrmQ.objects.count()
    is_alive = bool(Stat.get_all())
    return Check(
        said("Arbetare"),
        is_well=is_alive,
        found=said("igång, {n} jobb väntar", n=number(n_waiting))
        if is_alive
        else said("inte igång, {n} jobb väntar", n=number(n_waiting)),
        advice="" if is_alive else said("Starta lykta serve; det som väntar görs då."),
        is_urgent=n_waiting > 0,
    )


def _runs(now: datetime) -> Check:
    left = Run.objects.filter(state=State.RUNNING, heard_at__lt=now - SILENCE)
    names = ", ".join(run.file_name for run in left)
    return Check(
        said("Inläsningar"),
        is_well=not names,
        found=said("avbruten: {names}", names=names) if names else said("ingen är avbruten"),
        advice=said("Starta om lykta serve; den läser klart det som är avbrutet.") if names else "",
    )


def _columns() -> Check:
    behind = [name for name in columns.names() if not columns.is_in_step(name)]
    return Check(
        said("Kolumner"),
        is_well=not behind,
        found=said("inte i takt: {names}", names=", ".join(behind)) if behind else said("i takt"),
        advice=said("Kör lykta columns; nästa läsare gör det annars.") if behind else "",
        is_urgent=False,
    )


def _mails(now: datetime) -> Check:
    if not sending.is_set_up():
        advice = said("Sätt LYKTA_SMTP_URL och LYKTA_MAIL_FROM, eller låt det vara så.")
        found = said("skickas inte: ingen server är angiven")
        return Check(said("E-post"), is_well=False, found=found, advice=advice, is_urgent=False)
    line = notifications.line(now=now)
    is_well = not (line.n_tried or line.n_given_up)
    return Check(
        said("E-post"),
        is_well=is_well,
        found=said(
            "{n} brev väntar, {n_tried} av dem efter ett försök som inte gick; "
            "{n_given_up} har getts upp den senaste veckan",
            n=number(line.n_waiting),
            n_tried=number(line.n_tried),
            n_given_up=number(line.n_given_up),
        ),
        advice=""
        if is_well
        else said(
            "Det senaste felet är {reason}. Se efter att LYKTA_SMTP_URL stämmer.",
            reason=line.reason,
        ),
        is_urgent=False,
    )
