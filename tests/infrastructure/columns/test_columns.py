"""The copy as columns: as the rows are, whatever has happened to it or to them."""

import pytest
from tests.domain.events.conftest import half_written
from tests.domain.events.reports import line

from lykta.domain.events.models import Event
from lykta.domain.events.services import load_categories
from lykta.infrastructure.columns import files, selectors, services
from lykta.infrastructure.columns.models import Mirror
from lykta.infrastructure.imports import services as imports

NAME = "events"
YEARS = [
    line("E1", when="2024-03-05 10:00"),
    line("E2", when="2025-06-07", at=None),
    line("E3", when="2026-08", at=None, area="9999-OST", kind=""),
]


def copied() -> list[tuple[object, ...]]:
    """Return the rows of the copy, by the fields that are copied as they stand."""
    found = selectors.ask(
        NAME,
        "SELECT pk, first_day, last_day, first_minute, area_id, listed_area_id, category_id, "
        "source_id, count, unseen, reliability, confidentiality FROM {table} ORDER BY pk",
    )
    return list(zip(*(column.tolist() for column in found.values()), strict=True))


def held() -> list[tuple[object, ...]]:
    """Return the same of the rows of the database, one by one."""
    return [
        (
            row.pk,
            row.first_day.toordinal() - 719_163,
            row.last_day.toordinal() - 719_163,
            *(
                -1 if value is None else value
                for value in (row.first_minute, row.area_id, row.listed_area_id, row.category_id)
            ),
            row.source_id,
            max(row.count, 1) if row.withheld else row.count,
            max(row.withheld - 1, 0),
            row.reliability,
            row.confidentiality,
        )
        for row in Event.objects.current().order_by("pk")
    ]


def summed() -> int:
    """Return how many events the sums by week hold."""
    return int(selectors.ask(NAME, "SELECT sum(count) AS n FROM {table}", of="weeks")["n"][0])


def stem(part: str) -> str:
    """Return what the names of a part's files begin with now."""
    made = files.manifest(NAME)
    assert made is not None
    return made.parts[part]


def test_the_copy_is_as_the_rows_after_an_import(report):
    report(*YEARS)

    assert copied() == held()
    assert (len(held()), summed()) == (3, 3)


def test_the_copy_is_as_the_rows_after_a_correction(report):
    report(*YEARS)
    copied()

    report(line("E1", when="2024-03-05 10:00", kind="Buller"), line("E4", at=(500, 3000)))

    assert copied() == held()
    assert summed() == 4


def test_a_withheld_count_is_copied_as_one_and_what_is_not_seen_of_it(report):
    month = {"when": "2026-10", "at": None}
    report(line("", count="<5", **month), line("", count=6, kind="Buller", **month))

    assert copied() == held()
    assert [row[8:10] for row in copied()] == [(1, 3), (6, 0)]


def test_the_copy_is_as_the_rows_while_a_run_is_half_written_and_after_it_is_withdrawn(report):
    report(*YEARS)
    before = copied()
    run = half_written(report(line("E1", kind="Buller"), is_trial=True))
    services.repair(NAME)
    during = copied()

    imports.withdraw(run)
    services.repair(NAME)

    assert before == during == copied() == held()


def test_a_year_that_no_longer_holds_an_event_is_no_part(report):
    report(*YEARS)
    copied()

    report(line("E1", when="2023-03-05 10:00"))

    assert copied() == held()
    assert set(files.manifest(NAME).parts) == {"2023", "2025", "2026"}


def test_what_is_committed_is_copied_at_once(report, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        report(*YEARS)

    assert services.is_in_step(NAME)


def test_a_copy_that_is_out_of_step_is_seen_and_mended_by_the_next_reader(report):
    report(*YEARS)
    copied()
    report(line("E5"))
    was = services.is_in_step(NAME)

    after = copied()

    assert (was, services.is_in_step(NAME)) == (False, True)
    assert after == held()


def test_only_the_years_that_have_changed_are_written_again(report):
    report(*YEARS)
    copied()
    before = {year: stem(year) for year in ("2024", "2025", "2026")}

    report(line("E5", when="2026-11-18"))
    copied()

    assert [stem(year) == before[year] for year in before] == [True, True, False]


def test_what_is_mended_is_no_longer_told_as_changed(report):
    report(*YEARS)

    copied()

    assert Mirror.objects.get(name=NAME).stale == []


@pytest.mark.parametrize("table", ["rows", "weeks"])
def test_a_part_that_is_gone_is_made_again_by_repair(report, table):
    report(*YEARS)
    copied()
    (files.folder(NAME) / f"{stem('2025')}.{table}.parquet").unlink()

    services.repair(NAME)

    assert copied() == held()
    assert summed() == 3


def test_a_part_that_is_damaged_is_made_again_by_repair(report):
    report(*YEARS)
    copied()
    (files.folder(NAME) / f"{stem('2025')}.rows.parquet").write_bytes(b"PAR1 no more")

    services.repair(NAME)

    assert copied() == held()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '"x"', "null", '{"stamp": "a"}', '{"stamp": "a", "parts": 7}']
)
def test_a_damaged_manifest_is_made_again_by_the_next_reader(report, text):
    report(*YEARS)
    copied()
    (files.folder(NAME) / "manifest.json").write_text(text, encoding="utf-8")

    assert copied() == held()
    assert services.is_in_step(NAME)


def test_a_copy_of_a_database_that_was_there_before_is_made_anew(report):
    report(*YEARS)
    before = Mirror.objects.get(name=NAME)
    copied()
    Event.objects.filter(key="id:E2").update(first_minute=7)
    Mirror.objects.filter(name=NAME).update(stamp="another", copied=before.copied, stale=[])

    assert copied() == held()


def test_those_who_read_by_the_manifest_before_still_find_their_files(report):
    report(*YEARS)
    before = selectors.in_step(NAME)

    report(line("E1", when="2024-03-05 10:00", kind="Buller"))
    copied()

    assert files.manifest(NAME) != before
    assert all(files.Path(path).exists() for path in before.paths(NAME, "rows"))


def test_files_that_no_manifest_names_any_more_are_gone(report):
    report(*YEARS)
    first = selectors.in_step(NAME)
    for kind in ("Buller", "Klotter"):
        report(line("E1", when="2024-03-05 10:00", kind=kind))
        copied()

    oldest = files.folder(NAME) / f"{first.parts['2024']}.rows.parquet"
    assert not oldest.exists()
    assert copied() == held()


def test_a_table_without_rows_has_its_columns(db, settings, tmp_path):
    settings.LYKTA_DIR = tmp_path
    load_categories()

    assert copied() == []
    assert list(selectors.ask(NAME, "SELECT week, unseen FROM {table}", of="weeks")) == [
        "week",
        "unseen",
    ]


def test_while_one_writes_another_lets_it_and_readers_get_the_last_whole_copy(report):
    report(*YEARS)
    before = copied()
    report(line("E5"))

    with files.held(NAME, is_patient=False) as is_ours:
        services.keep_up(NAME)
        during = copied()

    assert is_ours
    assert during == before
    assert copied() == held() != before


def test_only_one_holds_the_copy_at_a_time(db, settings, tmp_path):
    settings.LYKTA_DIR = tmp_path

    with files.held(NAME, is_patient=False) as first, files.held(NAME, is_patient=False) as second:
        assert (first, second) == (True, False)


def test_what_changes_while_the_copy_is_written_is_in_it_too(report, monkeypatch):
    report(*YEARS)
    write, late = files.write, [line("E5", when="2025-01-01")]

    def written(*arguments):
        made = write(*arguments)
        if late:
            report(late.pop())
        return made

    monkeypatch.setattr(files, "write", written)

    assert copied() == held()
    assert len(held()) == 4
