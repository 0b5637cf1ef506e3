"""Every series can be taken out, and read in again unchanged."""

import pytest
from tests.domain.indicators.conftest import PEOPLE, RARE, SURVEY
from tests.domain.places.conftest import TODAY
from tests.people import account
from tests.sources import samples

from lykta.domain.indicators import services
from lykta.domain.indicators.models import Indicator
from lykta.domain.partners.selectors import reach_of
from lykta.infrastructure.access import SYSTEM, Refused
from lykta.infrastructure.audit import services as audit


@pytest.mark.parametrize("content", [SURVEY, RARE, samples.BRA_BY_PERIOD])
def test_a_series_comes_in_again_unchanged(indicators, content):
    indicators(content)

    for row in Indicator.objects.all():
        table = services.export(SYSTEM, row.code, as_of=TODAY).decode("utf-8")
        run = indicators(table, name="ut.csv")
        assert (run.n_added, run.n_changed, run.n_rejected) == (0, 0, 0), list(
            run.rejected_rows.all()
        )


def test_what_is_hidden_does_not_leave_the_house(indicators):
    indicators(PEOPLE)

    lines = services.export(SYSTEM, "egen:avhopp", as_of=TODAY).decode("utf-8").splitlines()

    assert len(lines) == 2
    assert ";9999;" in lines[1]


def test_taking_a_series_out_is_recorded(indicators):
    indicators(SURVEY)

    services.export(SYSTEM, "egen:trygghet", as_of=TODAY)

    assert audit.Entry.objects.get(action="indicators.exported").facts["series"] == "egen:trygghet"


def test_the_outsider_takes_nothing_out(indicators):
    indicators(SURVEY)
    cleo = reach_of(account("cleo").pk, on=TODAY)

    with pytest.raises(Refused):
        services.export(cleo, "egen:trygghet", as_of=TODAY)
