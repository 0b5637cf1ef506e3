"""The pages of frozen pictures, for those who plan, those who read, and the outsider."""

import json
from datetime import date

import pytest
from tests.domain.plans.conftest import YEAR_BEFORE, events_file
from tests.web.conftest import enter  # noqa: F401 - a fixture

from lykta.domain.events.models import Category
from lykta.domain.plans import selectors
from lykta.domain.plans.models import FrozenPicture

pytestmark = pytest.mark.django_db
NEW = "/lagesbilder/ny/"


@pytest.fixture
def leo(events, enter):  # noqa: F811 - the fixture of that name
    """Return Leo, logged in where there are events."""
    return enter("leo")


@pytest.fixture
def vera(events, enter):  # noqa: F811 - the fixture of that name
    """Return Vera, who reads and does not plan."""
    return enter("vera")


def page(answer) -> str:
    return answer.content.decode()


def test_a_year_is_frozen_and_shown(leo):
    answer = leo.post(NEW, {"year": "2025", "audience": "partners", "title": ""}, follow=True)

    assert answer.status_code == 200
    assert "Lägesbild 2025" in page(answer)
    assert FrozenPicture.objects.get().document.sha256 in page(answer)


def test_weeks_are_frozen_from_monday_to_sunday(leo):
    leo.post(NEW, {"first_week": "2025-v02", "last_week": "2025-W10", "audience": "partners"})

    row = FrozenPicture.objects.get()
    assert (row.period_from, row.period_to) == (date(2025, 1, 6), date(2025, 3, 9))


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"year": "2025", "first_week": "2025-v02", "last_week": "2025-v10"},
        {"first_week": "2025-v02"},
        {"first_week": "2025-v10", "last_week": "2025-v02"},
        {"first_week": "i våras", "last_week": "2025-v02"},
        {"year": "2019"},
        {"first_week": "2025-v02", "last_week": "2025-v10", "audience": "public"},
    ],
)
def test_a_period_that_cannot_be_frozen_is_said_beside_the_form(leo, said):
    answer = leo.post(NEW, {"audience": "partners"} | said)

    assert answer.status_code == 400
    assert "ds-error-summary" in page(answer)
    assert not FrozenPicture.objects.exists()


def test_the_form_is_filled_in_by_the_address_and_what_is_unknown_is_ignored(leo):
    graffiti = Category.objects.get(name="Klotter")

    address = f"{NEW}?fran=2025-v02&till=2025-v10&kategori={graffiti.pk}&kategori=x&omrade=okänt"
    shown = page(leo.get(address))

    assert 'value="2025-W02"' in shown
    assert "Kategori: Klotter" in shown
    assert "Område:" not in shown
    assert page(leo.get(f"{NEW}?fran=igår")).count('value=""') == page(leo.get(NEW)).count(
        'value=""'
    )


def test_what_the_address_leaves_in_is_what_is_frozen(leo):
    leo.post(f"{NEW}?kategori=GRAFFITI&omrade=9999-ASA", {"year": "2025", "audience": "partners"})

    row = FrozenPicture.objects.get()
    assert row.document.title == "Lägesbild 2025, Klotter; Åsa"
    assert selectors.rows_of(selectors.figures(row), "total")[0].count == 40


def test_counting_again_says_that_the_figures_are_the_same(freeze, vera):
    row = freeze()

    answer = vera.post(f"/lagesbilder/{row.pk}/rakna-om/")

    assert "Samma siffror." in page(answer)


def test_counting_again_names_each_figure_that_differs(freeze, vera, monkeypatch):
    row = freeze()
    real = selectors.figures_of
    monkeypatch.setattr(selectors, "figures_of", lambda snapshot: real(snapshot) | {"seed": 77})

    shown = page(vera.post(f"/lagesbilder/{row.pk}/rakna-om/"))

    assert "Ett tal skiljer sig" in shown
    assert "<code>seed</code>" in shown
    assert "77" in shown


def test_a_later_version_is_told_of_and_the_earlier_is_still_there(freeze, vera):
    first, second = freeze(), freeze()

    assert "En senare version har tagit dess plats." in page(vera.get(f"/lagesbilder/{first.pk}/"))
    assert f'href="/lagesbilder/{first.pk}/"' in page(vera.get(f"/lagesbilder/{second.pk}/"))


@pytest.mark.parametrize("form", ["pdf", "docx", "html", "json", "csv"])
def test_every_form_is_fetched_under_its_name(freeze, vera, form):
    row = freeze()

    answer = vera.get(f"/lagesbilder/{row.pk}/fil/{form}")

    assert answer.headers["Content-Disposition"].endswith(f'"lagesbild-2025-v1.{form}"')
    assert len(b"".join(answer.streaming_content)) > 500


def test_the_rows_are_fetched_by_those_who_read_rows_only(freeze, leo, vera):
    address = f"/lagesbilder/{freeze().pk}/fil/parquet"

    assert leo.get(address).status_code == 200
    assert vera.get(address).status_code == 404


def test_a_form_that_there_is_not_is_not_found(freeze, vera):
    assert vera.get(f"/lagesbilder/{freeze().pk}/fil/exe").status_code == 404


def test_two_pictures_are_shown_side_by_side(freeze, vera):
    one, other = freeze(period=YEAR_BEFORE), freeze()

    shown = page(vera.get(f"/lagesbilder/jamfor/?a={one.pk}&b={other.pk}"))

    assert "1,00 (" in shown
    assert "Åsa" in shown


def test_pictures_that_overlap_are_shown_without_a_ratio(freeze, vera):
    one, other = freeze(), freeze("Halva", period=(date(2025, 1, 1), date(2025, 6, 30)))

    shown = page(vera.get(f"/lagesbilder/jamfor/?a={one.pk}&b={other.pk}"))

    assert "Perioderna går in i varandra" in shown
    assert "Kvot" not in shown


def test_what_cannot_be_compared_is_said_why(freeze, vera, events):
    one = freeze(period=YEAR_BEFORE)
    events("events", "n.csv", events_file(date(2025, 1, 2), 9), crs="EPSG:3006", source="Nytt")
    other = freeze()

    shown = page(vera.get(f"/lagesbilder/jamfor/?a={one.pk}&b={other.pk}"))

    assert "De räknar händelser ur olika källor." in shown


@pytest.mark.parametrize("query", ["?a=x&b=y", "?a=1", "?a=99999999999999999999&b=1"])
def test_a_comparison_of_nothing_shows_the_choice(freeze, vera, query):
    freeze()

    assert vera.get(f"/lagesbilder/jamfor/{query}").status_code == 200


def test_the_start_page_and_search_lead_to_it(freeze, vera):
    row = freeze("Vår bild av året")

    for address in ("/", "/sok/?q=bild av"):
        assert f'href="/lagesbilder/{row.pk}/"' in page(vera.get(address))


def test_machines_get_the_figures_as_they_were_frozen(freeze, vera):
    row = freeze()

    listed = vera.get("/api/lagesbilder/").json()
    figures = vera.get(f"/api/lagesbilder/{row.pk}").json()

    assert [(each["title"], each["is_latest"]) for each in listed] == [("Lägesbild 2025", True)]
    assert figures == json.loads(json.dumps(selectors.figures(row)))


def test_the_outsider_is_told_of_no_picture(freeze, enter):  # noqa: F811
    row = freeze()
    cleo = enter("cleo")

    addresses = [f"/lagesbilder/{row.pk}/", "/lagesbilder/", f"/api/lagesbilder/{row.pk}"]

    assert {cleo.get(address).status_code for address in addresses} <= {403, 404}
