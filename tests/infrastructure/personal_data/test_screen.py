"""What tells of a person is found, whatever stands around it, and what does not is left."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.architecture.house import ROOT
from tests.infrastructure.personal_data.corpus import TRAP, reports
from tests.infrastructure.personal_data.measure import code

from lykta.demo.tables import rows_of
from lykta.infrastructure.personal_data import Kind, screen, told

COMMITTED = json.loads((ROOT / "docs/reference/personal-data.json").read_text(encoding="utf-8"))
WORDS = st.sampled_from(["klotter", "på", "gaveln", "vid", "torget", "i", "går", "lampan"])


def found(text: str, **known) -> list[tuple[str, str]]:
    """Return what is found, with its words."""
    return [(each.kind.value, text[each.start : each.end]) for each in screen(text, **known)]


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("ring 070-174 06 05 i kväll", "telefon", "070-174 06 05"),
        ("ring 0 70 174 0605", "telefon", "0 70 174 0605"),
        ("nås på +46 70 174 06 05.", "telefon", "+46 70 174 06 05"),
        ("id 900101-9802 på plats", "personnummer", "900101-9802"),
        ("id 19900101 9802", "personnummer", "19900101 9802"),
        ("id 900161-9802", "samordningsnummer", "900161-9802"),
        ("mejla nora72@example.se", "e-post", "nora72@example.se"),
        ("mejla nora72(at)example.se", "e-post", "nora72(at)example.se"),
        ("bilen abc 12d", "bil", "abc 12d"),
        ("den heter Snusen, han", "namn", "Snusen"),
        ("en kille som kallas bullen", "namn", "bullen"),
        ("fråga kalle i porten", "namn", "kalle"),
        ("vi såg Nguyen Thi Lan där", "namn", "Nguyen Thi Lan"),
        ("brev till J. Kvarnhammar", "namn", "Kvarnhammar"),
        ("brand på Storgatan 12 lgh 1103", "bostad", "Storgatan 12 lgh 1103"),
    ],
)
def test_what_tells_of_a_person_is_found(text, kind, words):
    assert (kind, words) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Klotter på Karl Johans torg, två meter.",
        "Glas vid Vilhelmsgatans förskola kl 19.30–21.15",
        "Skolgatan 12, skolan: trasig ruta",
        "Lampstolpe 45 112 är släckt, ärende KS 2021/451",
        "Buss BUS 704 stannade 2026-11-03 02:14",
        "Björnstatyn är omkull och granen har fallit",
        "",
        "Torsdag igen, samma mopeder.",
    ],
)
def test_what_tells_of_no_one_is_left(text):
    assert found(text) == []


def test_a_place_that_is_known_is_no_person():
    assert found("Bråk vid Rasmus Krog i natt")
    assert found("Bråk vid Rasmus Krog i natt", known_places={"Rasmus Krog"}) == []


def test_what_the_demo_reports_tells_of_no_one():
    said = [row["mening"] for row in (*rows_of("meningar.csv"), *rows_of("vantande.csv"))]

    assert [text for text in said if found(text)] == []


@given(st.text(max_size=300))
def test_whatever_is_written_findings_lie_within_it_and_apart(text):
    rows = screen(text)

    assert all(0 <= each.start < each.end <= len(text) for each in rows)
    assert all(one.end <= other.start for one, other in pairwise(rows))


@given(st.lists(WORDS, max_size=8), st.lists(WORDS, max_size=8), st.dates(), st.integers(0, 9999))
def test_a_personal_number_is_found_wherever_it_stands(before, after, day, last):
    number = f"{day:%y%m%d}-{last:04d}"
    text = " ".join([*before, number, *after])

    assert ("personnummer", number) in found(text)


@pytest.mark.parametrize("kind", list(Kind))
def test_each_kind_says_what_to_do(kind):
    from lykta.infrastructure.personal_data import Finding

    assert told(Finding(kind, 0, 1)).startswith("Ta bort ")


def test_the_corpus_is_as_large_and_as_full_of_traps_as_it_says():
    whole = [*reports("develop"), *reports("held_apart")]
    clean = [report for report in whole if report.is_clean]

    assert len(whole) >= 600
    assert len(clean) >= 200
    assert sum(label.kind == TRAP for report in clean for label in report.labels) >= 120


def test_no_two_reports_are_nearly_the_same():
    heard: set[str] = set()
    for report in (*reports("develop"), *reports("held_apart")):
        said = report.text.casefold()
        assert said not in heard
        heard.add(said)


def test_the_committed_figures_are_of_this_code():
    assert COMMITTED["sha256"] == code(), "the screen has changed: measure it again"


def test_the_half_held_apart_was_found_as_well_as_is_asked():
    share = COMMITTED["held_apart"]

    assert share["found"]["numbers"]["low"] >= 0.98
    assert share["found"]["namn"]["low"] >= 0.85
    assert share["found"]["names in no list"]["low"] >= 0.6
    assert share["wrong"]["clean reports without traps"]["share"] <= 0.05
    assert share["wrong"]["traps"]["share"] <= 0.25
