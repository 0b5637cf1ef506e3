"""What a report told of people is gone when its time is out; what it counted for stands."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from tests.domain.events.told import NOW, TEXT, reach, reported, told
from tests.infrastructure.photos import samples

from lykta.domain.events import selectors, services
from lykta.domain.events.models import Claim, Event, Photo, Report
from lykta.domain.events.rules import Channel, State
from lykta.domain.events.services import load_categories
from lykta.infrastructure import storage
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.audit.models import Entry
from lykta.infrastructure.photos.cleaning import clean
from lykta.infrastructure.retention import services as retention

pytestmark = pytest.mark.django_db
PHRASE = "Planterad fras vid dammen"


@pytest.fixture(autouse=True)
def _kinds(places):
    load_categories()
    retention.load(today=NOW.date())


def photo():
    """Return a photo as it is kept."""
    return clean(io.BytesIO(samples.saved(samples.picture())))


@pytest.fixture
def after(django_capture_on_commit_callbacks):
    """Return what deletes what is due so many days later."""

    def done(days: int) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            retention.run(now=NOW + timedelta(days=days))

    return done


@pytest.fixture
def erase(django_capture_on_commit_callbacks):
    """Return what erases a report by hand."""

    def done(row: Report) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            services.erase(reach("amina"), row, now=NOW)

    return done


def path_of(row: Photo) -> Path:
    return storage.path_of(row.sha256)


def test_who_reported_the_photos_and_the_code_go_after_a_year_and_the_words_after_two(after):
    row = reported("harriet", photos=(photo(),))
    services.report_openly(told(channel=Channel.PUBLIC_FORM, description=PHRASE), now=NOW)
    services.accept(reach("amina"), [row], now=NOW, answer="Saneras.")
    kept = path_of(row.photos.get())

    after(300)
    assert kept.exists()
    after(370)
    row.refresh_from_db()
    assert (row.reporter, row.photos.count(), kept.exists()) == (None, 0, False)
    assert row.steps.filter(state=State.SUBMITTED, by=None).exists()
    assert not Claim.objects.exists()
    assert row.description == TEXT
    after(740)

    row.refresh_from_db()
    assert (row.description, row.place_text) == ("", "")
    assert not row.steps.exclude(answer="").exists()
    assert Event.objects.current().count() == 1
    assert selectors.known(SYSTEM, as_of=NOW.date()).n_events == 1


def test_what_is_erased_by_hand_is_found_nowhere_and_stays_erased(erase):
    row = reported("harriet", description=PHRASE, photos=(photo(),))
    services.accept(reach("amina"), [row], now=NOW, answer=f"Svar: {PHRASE}")
    kept = path_of(row.photos.get())

    erase(row)

    told_of = str(list(Report.objects.values()) + list(row.steps.values()))
    assert PHRASE not in told_of
    assert not kept.exists()
    assert PHRASE not in str(list(Entry.objects.values()))
    assert selectors.search_reports(reach("amina"), PHRASE) == []
    assert PHRASE not in "".join(map(str, selectors.report_rows(reach("amina"))))


def test_a_report_that_an_older_copy_brings_back_is_erased_again(erase):
    row = reported("harriet", description=PHRASE)
    erase(row)
    # As an older copy of the database would have it.
    Report.objects.filter(pk=row.pk).update(state=State.SUBMITTED, description=PHRASE)

    retention.run_again(now=NOW)

    row.refresh_from_db()
    assert (row.description, row.state) == ("", State.ERASED)


def test_two_reports_with_the_same_photo_keep_it_until_both_are_erased(erase):
    one, other = (reported("harriet", photos=(photo(),)) for _ in range(2))
    kept = path_of(one.photos.get())

    erase(one)
    assert kept.exists()
    erase(other)

    assert not kept.exists()
