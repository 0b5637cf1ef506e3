"""Reading indicators: as of a day, with interval and warning, small counts hidden."""

from datetime import date

import pytest
from tests.domain.indicators.conftest import HEADER, PEOPLE, RARE, SURVEY
from tests.domain.places.conftest import TODAY
from tests.people import account

from lykta.domain.indicators import selectors
from lykta.domain.indicators.models import Observation
from lykta.domain.partners.selectors import reach_of
from lykta.infrastructure.access import NOBODY, SYSTEM, Confidentiality, Grant, Reach, Refused

IN_2021 = date(2021, 12, 15)


def values(code: str, *, geo_code: str = "", as_of: date = TODAY) -> list[tuple[str, float | None]]:
    """Return period and value of the only line of a series."""
    (line,) = selectors.series(SYSTEM, code, geo_code=geo_code, as_of=as_of).lines
    return [(point.row.period, point.figure.value) for point in line.points]


def test_the_same_question_on_two_days_has_two_right_answers(indicators):
    indicators(SURVEY)

    assert values("egen:trygghet", as_of=IN_2021) == [("2020", 70.5)]
    assert values("egen:trygghet") == [("2020", 70.5), ("2023", 72)]


def test_a_survey_has_the_interval_of_its_source(indicators):
    indicators(SURVEY)

    ((card,),) = [group.cards for group in selectors.dashboard(SYSTEM, "safety", as_of=TODAY)]

    assert card.latest.figure.interval == (68.8, 75.2)
    assert (card.before.figure.value, card.beside.figure.value) == (70.5, 74)


def test_a_share_of_few_answers_is_not_shown(indicators):
    indicators(SURVEY)

    found = selectors.series(SYSTEM, "egen:trygghet", geo_code="9999-ASA", as_of=TODAY)

    (point,) = found.lines[0].points
    assert (point.figure.value, point.n) == (None, None)
    assert point.figure.missing.startswith("För få svar")


def test_rare_events_have_the_exact_interval(indicators):
    indicators(RARE)

    points = selectors.series(SYSTEM, "egen:skjutningar", as_of=TODAY).lines[0].points

    # Garwood (1936): 7 events, 2.814 to 14.423; 3 events, 0.619 to 8.767.
    assert points[0].figure.interval == pytest.approx((2.814, 14.423), abs=1e-3)
    assert points[1].figure.interval == pytest.approx((0.619, 8.767), abs=1e-3)


def test_fewer_than_five_events_are_warned_of(indicators):
    indicators(RARE)

    points = selectors.series(SYSTEM, "egen:skjutningar", as_of=TODAY).lines[0].points

    assert [bool(point.warning) for point in points] == [False, True, False]
    assert points[2].figure.missing == "Källan har inget värde."


def test_a_rate_is_set_against_the_people_of_the_same_year(indicators, places):
    indicators(RARE)
    places("population", "f.csv", "område;år;folkmängd;källa\n9999;2022;14000;SCB\n")

    rates = [
        p.per_capita
        for p in selectors.series(SYSTEM, "egen:skjutningar", as_of=TODAY).lines[0].points
    ]

    assert (rates[0].value, rates[0].period, rates[0].source) == (50, "2022", "Polisen; SCB")
    assert rates[0].interval == pytest.approx((20.1, 103.0), abs=0.1)
    assert (rates[1].value, rates[1].missing) == (None, "Folkmängden 2023 är inte inläst.")


def test_few_people_are_hidden_and_what_would_give_them_away(indicators):
    indicators(PEOPLE)

    def shown(code: str) -> float | None:
        return values("egen:avhopp", geo_code=code)[0][1]

    assert (shown("9999"), shown("9999-ASA"), shown("9999-OST")) == (50, None, None)


def test_a_hidden_value_is_not_in_the_list_of_changes(indicators):
    indicators(SURVEY)
    indicators(SURVEY.replace("ASA;60", "ASA;55"))

    found = selectors.series(SYSTEM, "egen:trygghet", geo_code="9999-ASA", as_of=TODAY)

    assert found.revisions == ()


def test_earlier_counts_of_people_are_not_shown(indicators):
    indicators(PEOPLE)
    indicators(PEOPLE.replace("9999;50", "9999;51"))

    found = selectors.series(SYSTEM, "egen:avhopp", as_of=TODAY)

    assert (found.lines[0].points[0].figure.value, found.revisions) == (51, ())


def test_a_revised_value_shows_what_it_was(indicators):
    indicators(SURVEY)
    indicators(SURVEY.replace("2020;9999;70,5", "2020;9999;71"), name="rättad.csv")

    found = selectors.series(SYSTEM, "egen:trygghet", as_of=TODAY)

    assert [(each.point.figure.value, each.file_name) for each in found.revisions] == [
        (71, "rättad.csv"),
        (70.5, "nyckeltal.csv"),
    ]


def test_areas_of_different_divisions_are_never_in_one_line(indicators):
    head = HEADER.strip() + ";indelning\n"
    row = "egen:x;X;{};9999A0010;5;;;;antal;SCB;övrigt;;;;{}\n"
    indicators(head + row.format(2023, "DeSO2018") + row.format(2024, "DeSO2025"))

    found = selectors.series(SYSTEM, "egen:x", geo_code="9999A0010", as_of=TODAY)

    assert [line.geo_version for line in found.lines] == ["DeSO2018", "DeSO2025"]


def test_the_dashboard_goes_by_theme(indicators):
    indicators(SURVEY)
    indicators(RARE)

    found = [group.theme for group in selectors.dashboard(SYSTEM, as_of=TODAY)]

    assert found == ["safety", "violence"]


def test_an_area_has_the_series_that_have_values_for_it(indicators):
    indicators(SURVEY)

    assert [card.indicator.code for card in selectors.latest_of(SYSTEM, "9999", as_of=TODAY)]
    assert selectors.latest_of(SYSTEM, "9999-OST", as_of=TODAY) == []


def test_a_series_is_found_by_a_word(indicators):
    indicators(SURVEY)

    assert [row.code for row in selectors.search(SYSTEM, "KVÄLLEN")] == ["egen:trygghet"]
    assert selectors.search(SYSTEM, " ") == selectors.search(NOBODY, "kvällen") == []


def test_a_period_that_has_not_ended_is_not_there(indicators):
    indicators(SURVEY.replace("2023", "2026"))

    assert values("egen:trygghet") == [("2020", 70.5)]


@pytest.mark.parametrize("ask", [selectors.dashboard, selectors.citations])
def test_the_outsider_is_refused(indicators, ask):
    cleo = reach_of(account("cleo").pk, on=TODAY)

    with pytest.raises(Refused):
        ask(cleo, as_of=TODAY)


def test_a_series_that_is_not_there_looks_like_one_that_is_not_allowed(indicators):
    indicators(SURVEY, confidentiality="municipality")
    vera = reach_of(account("vera").pk, on=TODAY)

    for code in ("egen:trygghet", "finns:inte"):
        with pytest.raises(Refused):
            selectors.series(vera, code, as_of=TODAY)


def test_who_is_let_in_for_some_areas_sees_the_public_series_only(indicators):
    indicators(SURVEY, confidentiality="partners")
    clearance = frozenset({Confidentiality.PARTNERS})
    grant = Grant(1, frozenset({"read indicators"}), clearance, areas=frozenset({1}))

    assert not Observation.objects.visible_to(Reach(1, (grant,))).exists()
    assert Observation.objects.visible_to(SYSTEM).count() == 4
