"""Names are found however they are written; a table by hand, and every name with a letter wrong."""

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lykta.demo.landmarks import landmarks
from lykta.demo.places import places
from lykta.domain.places.selectors.searching import Names, folded

KNOWN = (
    ("Skogås centrum", "Skogås C"),
    ("Skogås skola",),
    ("Äppelparken",),
    ("Östra Åvägen 1",),
    ("Östra Åvägen 12",),
    ("Medborgarplatsen", "Medis"),
    ("Café Prisma",),
    ("Parken",),
    ("Ek torget",),
    ("!!!",),
)
NAMES = Names.of(KNOWN)
ENOUGH = 8


def likeliest(typed: str, names: Names = NAMES) -> list[int]:
    """Return the numbers of the places that are found, the likeliest first."""
    found, costs, stands = names.found(typed, enough=ENOUGH)
    return [place for *_, place in sorted(zip(costs, stands, found.tolist(), strict=True))]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("skogas centum", "Skogås centrum"),
        ("SKOGÅS CENTRUM", "Skogås centrum"),
        ("centrum skogås", "Skogås centrum"),
        ("skogåscentrum", "Skogås centrum"),
        ("skgoås skola", "Skogås skola"),
        ("skola", "Skogås skola"),
        ("skogås sk", "Skogås skola"),
        ("appelparken", "Äppelparken"),
        ("aplparken", "Äppelparken"),
        ("äppel parken", "Äppelparken"),
        ("ostra avagen 12", "Östra Åvägen 12"),
        ("östra åvägen 1", "Östra Åvägen 1"),
        ("medborgar platsen", "Medborgarplatsen"),
        ("medborjarplatsen", "Medborgarplatsen"),
        ("medis", "Medborgarplatsen"),
        ("cafe prisma", "Café Prisma"),
        ("kafé prisma", "Café Prisma"),
        ("parken", "Parken"),
        ("k torget", "Ek torget"),
    ],
)
def test_a_name_is_found_however_it_is_written(typed, expected):
    assert KNOWN[likeliest(typed)[0]][0] == expected


@pytest.mark.parametrize("typed", ["xyzzy", "!!!", "   ", "östra åvägen 3", "q" * 500, "ö" * 90])
def test_what_resembles_nothing_finds_nothing(typed):
    assert likeliest(typed) == []


def test_what_begins_so_comes_before_what_only_holds_it():
    names = Names.of([("Gamla Lyktan",), ("Lyktan",), ("Lyktans torg",)])

    assert likeliest("lyktan", names) == [1, 2, 0]


def test_a_register_without_names_finds_nothing():
    assert likeliest("torget", Names.of([])) == []


@pytest.mark.parametrize(
    ("text", "plain"), [("Åvägen 3 B", "avagen 3 b"), ("S:t Eriks-torg", "s t eriks torg")]
)
def test_a_text_is_compared_without_case_marks_and_signs(text, plain):
    assert folded(text) == plain


@cache
def demo_names() -> tuple[tuple[str, ...], Names]:
    """Return the names of the demo's register."""
    known = [(each.name, each.alias) for each in landmarks(places())]
    return tuple(name for name, _ in known), Names.of(known)


def wrong(name: str, place: int, *, is_swapped: bool) -> str:
    """Return a name with one letter left out, or with two letters changed about."""
    if is_swapped:
        return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return name[:place] + name[place + 1 :]


def is_found(place: int, typed: str) -> bool:
    """Return whether a place of the demo is among the first five."""
    return place in likeliest(typed, demo_names()[1])[:5]


LONG = [place for place, name in enumerate(demo_names()[0]) if len(name) >= 8]


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(LONG), st.data())
def test_a_letter_left_out_or_two_changed_about_still_finds_the_name(place, data):
    name = demo_names()[0][place]
    letter = st.sampled_from([n for n in range(len(name) - 1) if name[n : n + 2].isalpha()])
    typed = wrong(name, data.draw(letter), is_swapped=data.draw(st.booleans()))

    assert is_found(place, typed)
