"""Merged reports count once, and taken apart again everything is as it was."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.domain.events.told import NOW, reach, reported

from lykta.domain.events import selectors, services
from lykta.domain.events.models import Event, Report
from lykta.domain.events.rules import COUNTED, State
from lykta.domain.events.services import load_categories
from lykta.domain.events.services.merging import NotToBeMerged
from lykta.domain.events.services.steps import WrongState
from lykta.infrastructure.access import SYSTEM, Refused
from lykta.infrastructure.errors import LyktaError

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _kinds(places):
    load_categories()


def counted() -> int:
    """Return how many events are counted, by the copy as columns."""
    return selectors.known(SYSTEM, as_of=NOW.date()).n_events


def accepted(name: str = "harriet") -> Report:
    row = reported(name)
    services.accept(reach("amina"), [row], now=NOW)
    row.refresh_from_db()
    return row


def test_two_that_were_counted_count_once_and_twice_again_when_taken_apart():
    one, other = accepted(), accepted("vera")

    services.merge(reach("amina"), other, one, now=NOW, answer="Vi vet om det.")
    together = (counted(), Event.objects.current().count())
    services.unmerge(reach("amina"), other, now=NOW)

    assert together == (1, 1)
    assert (counted(), Event.objects.current().count()) == (2, 2)
    other.refresh_from_db()
    assert (other.state, other.merged_into) == (State.ACCEPTED, None)
    assert other.steps.filter(answer="Vi vet om det.").exists()


def test_what_counts_is_not_merged_into_what_does_not():
    one, other = accepted(), reported("vera")

    with pytest.raises(NotToBeMerged):
        services.merge(reach("amina"), one, other, now=NOW)

    assert counted() == 1


def test_nothing_is_merged_in_a_circle():
    one, other, third = (reported(name) for name in ("harriet", "vera", "farid"))
    services.merge(reach("amina"), one, other, now=NOW)
    services.merge(reach("amina"), other, third, now=NOW)

    for into in (one, other, third):
        with pytest.raises(LyktaError):
            services.merge(reach("amina"), third, into, now=NOW)


def test_what_is_merged_into_one_that_is_merged_goes_into_the_one_that_leads():
    one, other, third = (reported(name) for name in ("harriet", "vera", "farid"))
    services.merge(reach("amina"), other, third, now=NOW)

    services.merge(reach("amina"), one, other, now=NOW)

    one.refresh_from_db()
    assert one.merged_into == third


def test_what_is_not_merged_is_not_taken_apart():
    with pytest.raises(WrongState):
        services.unmerge(reach("amina"), accepted(), now=NOW)


@pytest.mark.parametrize("name", ["harriet", "leo", "vera", "kerstin", "cleo", "drift"])
def test_only_the_coordination_function_merges_and_takes_apart(name):
    one, other = reported(), reported("vera")

    with pytest.raises(Refused):
        services.merge(reach(name), one, other, now=NOW)
    with pytest.raises(Refused):
        services.unmerge(reach(name), one, now=NOW)


def test_the_likely_ones_are_near_in_place_time_and_kind():
    row = reported()
    near, named = reported("vera"), reported("farid", same_as=row)
    reported("otto", code="DARK")
    rejected = reported("civil")
    services.reject(reach("amina"), rejected, reason="", now=NOW)

    found = selectors.merge_candidates(reach("amina"), row)

    assert found == [named, near]


# What may be done between a merge and its undoing, each with two of the reports.
def _try(edit: str, one: Report, other: Report, day: int) -> None:
    amina, now = reach("amina"), NOW + timedelta(days=day)
    one, other = Report.objects.get(pk=one.pk), Report.objects.get(pk=other.pk)
    unit = min(reach("harriet").organisations("read inbox"))
    match edit:
        case "accept":
            services.accept(amina, [one], now=now, answer="Saneras.")
        case "reject":
            services.reject(amina, one, reason="Räknas inte", now=now)
        case "merge":
            services.merge(amina, one, other, now=now)
        case "assign":
            services.assign(amina, one, organisation=unit, account=amina.user, now=now)
        case "hand off":
            services.hand_off(
                amina, one, party="Vägverket", address="", text="Klottret är kvar.",
                last_day=now.date(), now=now,
            )  # fmt: skip
        case "route":
            services.route_again(amina, one, now=now)


EDITS = st.tuples(
    st.sampled_from(["accept", "reject", "merge", "assign", "hand off", "route"]),
    st.integers(0, 3),
    st.integers(0, 3),
)
SAID = ("description", "place_text", "category_id", "first_day", "first_minute", "reporter_id")


@settings(
    max_examples=40, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(st.lists(EDITS, min_size=10, max_size=14))
def test_whatever_is_done_between_nothing_is_lost_and_the_counts_are_as_they_were(edits):
    """A model that knows no merging says what each report would be without it."""
    from django.db import transaction

    with transaction.atomic():
        rows = [reported(name, now=NOW) for name in ("harriet", "vera", "farid", "otto")]
        said = [[getattr(row, name) for name in SAID] for row in rows]
        wanted = [State.SUBMITTED] * 4
        n_steps = [1] * 4
        for day, (edit, one, other) in enumerate(edits):
            before = Report.objects.get(pk=rows[one].pk)
            try:
                with transaction.atomic():
                    _try(edit, rows[one], rows[other], day)
            except LyktaError:
                continue
            if edit in ("accept", "reject") and before.state != State.MERGED:
                wanted[one] = State.ACCEPTED if edit == "accept" else State.REJECTED
            n_steps[one] += edit in ("accept", "reject", "merge", "hand off")
            lead = Report.objects.filter(state__in=COUNTED).count()
            assert Event.objects.current().count() == lead

        kept = list(Report.objects.order_by("pk").values_list("unit", "handler"))
        for row in Report.objects.filter(state=State.MERGED).order_by("-merged_into", "pk"):
            services.unmerge(reach("amina"), row, now=NOW)
            n_steps[[each.pk for each in rows].index(row.pk)] += 1

        after = list(Report.objects.order_by("pk"))
        assert [[getattr(row, name) for name in SAID] for row in after] == said
        assert [row.state for row in after] == wanted
        assert [row.merged_into for row in after] == [None] * 4
        assert [row.steps.count() for row in after] == n_steps
        assert [(row.unit_id, row.handler_id) for row in after] == kept
        assert Event.objects.current().count() == wanted.count(State.ACCEPTED)
        transaction.set_rollback(True)
