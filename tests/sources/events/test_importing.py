"""Rules for rows of events: counts, ids, choice of rows, several files."""

from datetime import date

import numpy as np
import pytest

from lykta.infrastructure.errors import LyktaError, MissingColumn
from lykta.sources.reading import describe_mapping, preview, read_events


def test_exact_copies_of_a_row_are_several_events(table):
    assert read_events([table("tid;typ", "2026-01-01;a", "2026-01-01;a")]).passport.n_accepted == 2


def test_a_repeated_id_is_rejected_and_names_the_first_row(table):
    path = table("nr;tid", "1;2026-01-01", "2;2026-01-01", "1;2026-01-02")

    events = read_events([path], mapping={"id": "nr"})

    assert events.passport.n_accepted == 2
    assert "rad 1" in events.errors[0].reason
    assert events.errors[0].row == 3


def test_a_repeat_of_a_rejected_row_is_the_one_that_counts(table):
    path = table("nr;tid", "1;aldrig", "1;2026-01-02")

    assert read_events([path], mapping={"id": "nr"}).passport.n_accepted == 1


def test_an_id_that_nobody_declares_is_not_a_key(table):
    assert read_events([table("id;tid", "1;2026-01-01", "1;2026-01-01")]).passport.n_accepted == 2


def test_a_row_stands_for_its_count(table):
    events = read_events([table("period;antal", "2026-01;12", "2026-02;1 000", "2026-03;0")])

    assert events.count.tolist() == [12, 1000, 0]


def test_a_withheld_count_is_told_and_in_no_sum(table):
    events = read_events([table("period;antal", "2026-01;12", "2026-02;<5", "2026-03;..")])

    assert events.count.sum() == 12
    assert events.withheld.tolist() == [0, 4, 1_000_000]
    assert (events.passport.n_accepted, events.passport.n_withheld) == (3, 2)
    assert any("lämnar ut" in note for note in events.passport.notes)


@pytest.mark.parametrize("text", ["", "-1", "2,5", "många", "1e30"])
def test_a_count_that_is_no_count_is_rejected(table, text):
    events = read_events([table("period;antal", "2026-01;12", f"2026-02;{text}")])

    assert events.errors[0].field == "antal"


def test_a_missing_category_is_not_given(table):
    events = read_events([table("tid;typ", "2026-01-01;", "2026-01-01; a ")])

    assert events.categories == ("a",)
    assert events.category.tolist() == [-1, 0]
    assert events.category.dtype == np.int32


def test_words_that_only_rejected_rows_hold_are_gone(table):
    assert read_events([table("tid;typ", "aldrig;b", "2026-01-01;a")]).categories == ("a",)


def test_events_after_today_are_rejected(table):
    path = table("tid;typ", "2026-11-24 23:00;a", "2062-05-04 21:15;b")

    events = read_events([path], today=date(2026, 11, 24))

    assert events.passport.n_accepted == 1
    assert "framtiden" in events.errors[0].reason


@pytest.mark.parametrize("asked", ["Huddinge", "0126", "huddinge"])
@pytest.mark.parametrize("header", ["tid;kommun", "tid;deso"])
def test_only_rows_that_may_be_of_the_municipality_are_read(table, header, asked):
    rows = {"tid;kommun": ("Huddinge kommun", "Botkyrka"), "tid;deso": ("0126C1010", "0127C1010")}
    path = table(header, *(f"2026-01-01;{place}" for place in rows[header]), "aldrig;")

    events = read_events([path], municipality=asked)

    assert (events.passport.n_read, events.passport.n_accepted) == (2, 1)
    assert any("Filen har 3 rader" in note for note in events.passport.notes)


def test_rows_after_those_left_out_keep_their_numbers(table):
    path = table("tid;kommun", "2026-01-01;Salem", "2026-01-01;Huddinge", "aldrig;Huddinge")

    assert [e.row for e in read_events([path], municipality="Huddinge").errors] == [3]


def test_an_unknown_municipality_is_refused(table):
    with pytest.raises(LyktaError, match="Hudinge"):
        read_events([table("tid;kommun", "2026-01-01;Huddinge")], municipality="Hudinge")


def test_files_of_one_layout_are_read_as_one(table):
    first = table("tid;typ;område", "2026-01;b;X", name="ett.csv")
    second = table("tid;typ;område", "2026-02-01;a;Y", "aldrig;a;Y", name="två.csv")

    events = read_events([first, second])

    assert [events.categories[code] for code in events.category] == ["b", "a"]
    assert [events.area_codes[code] for code in events.area] == ["X", "Y"]
    assert (events.time_level, events.passport.n_read) == ("month", 3)
    assert events.errors[0].reason.startswith("två.csv: ")


def test_files_of_different_layouts_are_not_mixed(table):
    police = table("period;area_label;crime_group;count", "2026-01;X;08;7", name="polis.csv")

    with pytest.raises(LyktaError, match="var för sig"):
        read_events([police, table("tid;typ", "2026-01-01;a")])


@pytest.mark.parametrize(
    ("words", "expected"),
    [(("Syntetisk", "helt syntetiska"), True), (("syntetisk", "polisen"), False)],
)
def test_made_up_data_says_so_on_every_row(table, words, expected):
    path = table("tid;källa", *(f"2026-01-01;{word}" for word in words))

    assert read_events([path]).passport.is_synthetic is expected


def test_a_file_without_times_lists_its_columns(table):
    with pytest.raises(MissingColumn, match="”bredd”") as caught:
        read_events([table("namn;bredd", "a;1")])

    assert "--map time=" in str(caught.value)


def test_a_file_without_header_says_that_it_looks_so(table):
    with pytest.raises(MissingColumn, match="rubrikraden saknas"):
        read_events([table("670386.5;2015-12-31", "670387.5;2016-01-01")])


@pytest.mark.parametrize("mapping", [{"tid": "a"}, {"time": "finns ej"}])
def test_a_mapping_to_nothing_is_refused(table, mapping):
    with pytest.raises(MissingColumn, match="finns inte"):
        read_events([table("a;b", "1;2")], mapping=mapping)


def test_the_guess_is_shown_with_how_to_change_it(table):
    seen = preview(table("Inträffade;Brottskod;DeSO-område", "2026-01-01;0805;0126C1010"))

    assert describe_mapping(seen.mapping)[0] == (
        "tidpunkt: kolumnen ”Inträffade” (ändra med --map time=…)"
    )
    assert seen.mapping["area"] == "DeSO-område"


def test_a_row_without_id_has_none_in_a_file_where_others_have(table):
    path = table("id;tid", "A;2026-01-01", ";2026-01-02", "B;2026-01-03")

    ids = read_events([path], mapping={"id": "id"}, is_keyed=True).ids

    assert ids.tolist() == ["A", None, "B"]
