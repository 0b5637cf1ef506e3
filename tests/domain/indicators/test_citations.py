"""What others say of the world outside: with a source and a day, or not at all."""

from datetime import date

import pytest
from django.db import IntegrityError
from tests.domain.indicators.conftest import SURVEY
from tests.domain.places.conftest import TODAY
from tests.people import account
from tests.web.conftest import enter, filled  # noqa: F401 - fixtures

from lykta.domain.indicators import selectors, services
from lykta.domain.partners.selectors import reach_of
from lykta.infrastructure.access import SYSTEM, Refused

SAID = {
    "text": "Skjutningarna är färre än året före.",
    "source": "Exempelmyndigheten, årsrapport",
    "published_on": date(2024, 3, 1),
    "place": "Sverige",
}


def test_a_statement_is_there_from_the_day_it_was_published(indicators):
    services.cite(SYSTEM, **SAID)

    assert selectors.citations(SYSTEM, as_of=date(2024, 2, 29)) == []
    assert [row.source for row in selectors.citations(SYSTEM, as_of=TODAY)] == [SAID["source"]]


def test_a_statement_without_a_source_is_refused_by_the_database(indicators):
    with pytest.raises(IntegrityError):
        services.cite(SYSTEM, **SAID | {"source": ""})


def test_a_statement_may_belong_to_a_series_that_is_there(indicators):
    indicators(SURVEY)

    row = services.cite(SYSTEM, **SAID, indicator="egen:trygghet")

    assert row.indicator.code == "egen:trygghet"
    with pytest.raises(Refused):
        services.cite(SYSTEM, **SAID, indicator="finns:inte")


def test_a_statement_is_entered_on_a_page(filled, enter):  # noqa: F811 - the fixtures
    form = {**SAID, "indicator": "", "url": ""}

    wrong = enter("amina").post("/nyckeltal/utsagor/ny/", form | {"indicator": "x"})
    right = enter("amina").post("/nyckeltal/utsagor/ny/", form)

    assert (wrong.status_code, right.status_code) == (400, 302)
    assert SAID["text"] in enter("vera").get("/nyckeltal/").content.decode()


@pytest.mark.parametrize("name", ["cleo", "vera"])
def test_who_may_not_change_indicators_cites_nothing(indicators, name):
    reach = reach_of(account(name).pk, on=TODAY)

    with pytest.raises(Refused):
        services.cite(reach, **SAID)
