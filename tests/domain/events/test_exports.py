"""The rows of a source as a file: read in again they change nothing, and few may have them."""

from datetime import date

import pytest
from tests import people
from tests.domain.events.reports import SOURCE, line
from tests.domain.places.conftest import TODAY

from lykta.domain.events import selectors
from lykta.domain.events.models import Category, Event, Source
from lykta.domain.events.selectors import Asked
from lykta.domain.partners.models import Membership
from lykta.domain.partners.selectors import reach_of
from lykta.domain.places.models import Area
from lykta.infrastructure.access import SYSTEM, Confidentiality, Reach, Refused

READERS = {"amina", "leo"}
IN_THE_MONTH = {"when": "2026-10", "at": None, "area": "9999-OST"}
FILES = {
    "ids": [line("E1"), line("E2", at=(3000, 500)), line("7", when="2026-11-17 00:00")],
    "no ids": [line(""), line(""), line("", kind="Buller")],
    "some ids": [line("E1"), line(""), line("id:E2"), line("", when="2026-11-17")],
    "counts": [line("", count=7, **IN_THE_MONTH), line("", count=0, kind="", **IN_THE_MONTH)],
    "withheld": [
        line("", count="<5", **IN_THE_MONTH),
        line("", count="..", kind="Buller", **IN_THE_MONTH),
        line("", count="<2", kind="Brand", **IN_THE_MONTH),
    ],
    "counts with ids": [line("A", count="<5", **IN_THE_MONTH), line("B", count=12)],
    "intervals": [
        line("E1", when="2026-11-17 22:00", to="2026-11-18 06:15"),
        line("E2", when="2026-11-14", to="2026-11-16"),
        line("E3", when="2026-11-14 23:59", to="2026-11-16"),
    ],
    "intervals without ids": [
        line("", when="2026-11-17 22:00", to="2026-11-18 06:15"),
        line("", when="2026-11-14", to="2026-11-16"),
        line("", when="2026-11-14", to="2026-11-16 12:00"),
    ],
    "days": [line("E1", when="2026-11-18"), line("", when="2026-11-17")],
    "months": [line("E1", when="2026-10"), line("", when="2026-09")],
    "no point": [
        line("E1", at=None, area="Östra"),
        line("", at=None, area="Höjden"),
        line("", at=None, area="9999A0010"),
        line("", at=None),
    ],
    "an unknown place": [line("E1", at=None, area="Någonstans"), line("E2", at=None, area="Åsa")],
    "a word that is not the name": [
        line("E1", kind="fyrverkerier"),
        line("", kind="andts"),
        line("", kind="Borttappad katt", at=None, area="åsa"),
        line("", kind=""),
    ],
    "points of millimetres": [line("E1", at=(500.126, 500.994)), line("", at=(3000.005, 0.15))],
    "words that hold signs": [line("E;1".replace(";", ","), kind='"Klotter ""stort"""')],
}


def every_week(source: Source) -> Asked:
    """Return the question for all that a source holds."""
    return Asked(date(2020, 1, 6), date(2026, 11, 23), source=source.pk)


def exported(reach: Reach, source: Source, **more: object) -> str:
    """Return the file of a source."""
    asked = every_week(source) if not more else Asked(**(_said(source) | more))
    return b"".join(selectors.rows(reach, asked, as_of=TODAY)).decode("utf-8")


def _said(source: Source) -> dict[str, object]:
    return {"first_week": date(2020, 1, 6), "last_week": date(2026, 11, 23), "source": source.pk}


def reach(name: str) -> Reach:
    """Return what one of the cast may see today."""
    return reach_of(people.account(name).pk, on=TODAY)


@pytest.mark.parametrize("name", FILES)
def test_an_export_comes_in_again_unchanged(report, town, name):
    first = report(*FILES[name])
    assert first.n_rejected == 0, list(first.rejected_rows.all())

    again = town("events", "igen.csv", exported(SYSTEM, Source.objects.get()))

    assert (again.n_added, again.n_changed, again.n_rejected, again.n_outside) == (0, 0, 0, 0)
    assert again.n_unchanged == again.n_read == len(FILES[name])


def test_an_export_of_a_file_in_degrees_comes_in_again_unchanged(town):
    text = "id;tidpunkt;lon;lat\nE1;2026-11-18;16.77123456;59.53123456\n;2026-11-18;16.771;59.531\n"
    first = town("events", "grader.csv", text, mapping={"id": "id"}, source=SOURCE)

    again = town("events", "igen.csv", exported(SYSTEM, Source.objects.get()))

    assert (first.n_added, again.n_unchanged) == (2, 2)


def test_an_export_of_corrected_rows_holds_what_is_known_now_only(report, town):
    report(line("E1"), line("E2"))
    report(line("E1", kind="Buller"))

    text = exported(SYSTEM, Source.objects.get())

    assert text.count("\n") == 3
    assert "NOISE" in text
    assert town("events", "igen.csv", text).n_unchanged == 2


def test_a_file_whose_words_were_new_comes_in_again_after_they_are_renamed(report, town):
    report(line("", kind="Borttappad katt"))
    Category.objects.filter(name="Borttappad katt").update(name="Bortsprungna djur")

    again = town("events", "igen.csv", exported(SYSTEM, Source.objects.get()))

    assert (again.n_added, again.n_unchanged) == (0, 1)


def test_only_the_rows_of_the_source_asked_for_are_in_the_file(report):
    report(line("E1"))
    report(line("X1").replace(SOURCE, "En annan källa"))

    text = exported(SYSTEM, Source.objects.get(name=SOURCE))

    assert ("E1" in text, "X1" in text) == (True, False)


@pytest.mark.parametrize("name", sorted(set(people.CAST) - READERS))
def test_others_than_those_with_the_right_are_refused(report, name):
    report(line())

    with pytest.raises(Refused):
        exported(reach(name), Source.objects.get())


@pytest.mark.parametrize("name", sorted(READERS))
def test_those_with_the_right_get_the_rows(report, name):
    report(line("E1"), line("E2"))

    assert exported(reach(name), Source.objects.get()).count("\n") == 3


def test_one_who_is_held_to_an_area_gets_its_rows_only(report):
    report(line("E1", at=(500, 500)), line("E2", at=(3000, 500)))
    account = people.account("leo")
    Membership.objects.get(account=account).areas.set(Area.objects.filter(code="9999-OST"))

    text = exported(reach_of(account.pk, on=TODAY), Source.objects.get())

    assert ("E1" in text, "E2" in text) == (False, True)


def test_what_another_organisation_keeps_to_itself_is_in_no_file_of_ours(report):
    report(line("E1"), line("E2"))
    other = people.account("pelle").memberships.get().organisation
    own = {"confidentiality": Confidentiality.OWN, "organisation": other}
    Event.objects.filter(key="id:E2").update(**own)

    text = exported(reach("leo"), Source.objects.get())

    assert ("E1" in text, "E2" in text) == (True, False)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ({"first_week": date(2026, 11, 16)}, {"E2", "E3"}),
        ({"last_week": date(2026, 11, 9)}, {"E1"}),
        ({"category": "DAMAGE"}, {"E1", "E3"}),
        ({"area": "9999-ASA"}, {"E1", "E3"}),
        ({"area": "9999-L1"}, {"E1"}),
        ({"reliability": "heard"}, set()),
    ],
)
def test_the_file_holds_what_was_asked_for(report, asked, kept):
    report(
        line("E1", when="2026-11-10", at=(500, 500)),
        line("E2", when="2026-11-17", at=(3000, 500), kind="Buller"),
        line("E3", when="2026-11-18", at=(1500, 500)),
    )
    for name, model in (("category", Category), ("area", Area)):
        if name in asked:
            asked = asked | {name: model.objects.get(code=asked[name]).pk}

    text = exported(SYSTEM, Source.objects.get(), **asked)

    assert {name for name in ("E1", "E2", "E3") if name in text} == kept
