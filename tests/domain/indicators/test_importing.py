"""Reading observations in: what is new, revised, unchanged, of others and rejected."""

import pytest
from tests.domain.indicators.conftest import HEADER, RARE, SURVEY
from tests.domain.places.conftest import TODAY
from tests.people import account
from tests.sources import samples

from lykta.domain.indicators import selectors, services
from lykta.domain.indicators.models import Indicator, Observation
from lykta.domain.partners.selectors import reach_of
from lykta.infrastructure.access import SYSTEM, Refused
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.imports import doors


def counts(run) -> tuple[int, int, int, int]:
    return run.n_added, run.n_changed, run.n_unchanged, run.n_rejected


def line(**changed: str) -> str:
    names = HEADER.strip().split(";")
    usual = {"nyckeltal": "egen:x", "titel": "X", "period": "2023", "område": "9999", "värde": "1"}
    return HEADER + ";".join({**usual, "källa": "Kommunen", **changed}.get(n, "") for n in names)


def test_a_file_of_ones_own_adds_its_values(indicators):
    run = indicators(SURVEY)

    assert counts(run) == (4, 0, 0, 0), list(run.rejected_rows.all())
    assert Observation.objects.get(period="2020").low == pytest.approx(67.1)


def test_the_same_file_again_changes_nothing(indicators):
    indicators(SURVEY)

    assert counts(indicators(SURVEY)) == (0, 0, 4, 0)
    assert Observation.objects.count() == 4


def test_a_trial_changes_nothing(indicators):
    run = indicators(SURVEY, is_trial=True)

    assert (run.state, run.n_added) == ("checked", 4)
    assert not Observation.objects.exists()


def test_a_revised_value_is_a_row_beside_the_old_one(indicators):
    indicators(SURVEY)
    run = indicators(SURVEY.replace("2020;9999;70,5", "2020;9999;71"))

    assert counts(run) == (0, 1, 3, 0)
    assert [row.value for row in Observation.objects.filter(period="2020")] == [70.5, 71]
    assert Observation.objects.latest().get(period="2020").value == 71


def test_missing_is_not_nought(indicators):
    indicators(RARE)

    row = Observation.objects.get(period="2024")
    assert (row.value, row.status) == (None, "missing")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"nyckeltal": "två ord"}, "nyckeltal"),
        ({"period": "i fjol"}, "period"),
        ({"område": "FINNS-INTE"}, "område"),
        ({"värde": "många"}, "värde"),
        ({"källa": ""}, "källa"),
        ({"tema": "väder"}, "tema"),
        ({"räknar": "kor"}, "räknar"),
        ({"status": "kanske"}, "status"),
        ({"undre": "2", "övre": "3"}, "värde"),
        ({"undre": "0"}, "undre"),
        ({"n": "2,5"}, "n"),
        ({"värde": "1,5", "sällsynt": "ja"}, "värde"),
        ({"titel": "Ring 811228-9874"}, "titel"),
    ],
)
def test_a_bad_row_is_kept_with_its_reason(indicators, changed, field):
    run = indicators(line(**changed))

    assert counts(run) == (0, 0, 0, 1)
    assert [(r.field, r.reason[-1]) for r in run.rejected_rows.all()] == [(field, ".")]


def test_the_same_value_twice_in_a_file_is_rejected(indicators):
    run = indicators(line() + "\n" + line().split("\n")[1])

    assert counts(run) == (1, 0, 0, 1)


def test_a_series_does_not_change_what_it_counts(indicators):
    indicators(SURVEY)

    run = indicators(SURVEY.replace("procent", "antal"))

    assert counts(run) == (0, 0, 0, 4)


def test_a_better_definition_is_told_of_in_the_log(indicators):
    indicators(line())

    run = indicators(line(titel="X, per år"))

    assert counts(run) == (0, 1, 1, 0)
    assert Indicator.objects.get().title == "X, per år"
    entry = audit.Entry.objects.get(action="indicator.described")
    assert entry.facts["before"] == {"title": "X"}


def test_other_municipalities_concern_others(indicators):
    run = indicators(samples.BRA_BY_PERIOD)

    assert run.n_outside > 0
    assert {row.geo_code for row in Observation.objects.all()} == {"00"}


def test_a_key_figure_of_kolada_has_its_id_for_code(indicators, settings):
    import json
    from dataclasses import replace

    settings.INSTALLATION = replace(settings.INSTALLATION, code="0126")
    titles = {"N07403": "Anmälda våldsbrott, antal/100 000 inv"}
    indicators(json.dumps(samples.KOLADA), name="svar.json", titles=titles)

    row = Indicator.objects.get(code="kolada:N07403")
    assert (row.title, row.unit, row.theme) == (
        titles["N07403"],
        "antal/100 000 inv",
        "crime",
    )


def test_an_import_is_one_entry_in_the_audit_log(indicators):
    indicators(SURVEY)

    done = audit.Entry.objects.filter(action="import.done", facts__kind="observations")
    assert done.count() == 1


def test_what_an_import_left_half_done_is_withdrawn(indicators):
    run = indicators(SURVEY)

    services.OBSERVATIONS.withdraw(run)

    assert not Indicator.objects.exists()
    assert not Observation.objects.exists()


@pytest.mark.parametrize("name", ["cleo", "vera", "drift"])
def test_only_who_may_change_indicators_reads_them_in(indicators, write, name):
    reach = reach_of(account(name).pk, on=TODAY)

    with pytest.raises(Refused):
        doors.read_in(reach, "observations", write("n.csv", SURVEY), today=TODAY)


@pytest.mark.parametrize("options", [{"year": 2023}, {"confidentiality": "secret"}])
def test_what_is_said_of_a_file_must_be_known(indicators, options):
    with pytest.raises(LyktaError) as caught:
        indicators(SURVEY, **options)

    assert caught.value.code == "bad-option"


def test_a_series_for_partners_is_not_for_the_public(indicators):
    indicators(SURVEY, confidentiality="municipality")

    amina = reach_of(account("amina").pk, on=TODAY)
    vera = reach_of(account("vera").pk, on=TODAY)
    assert len(selectors.dashboard(amina, as_of=TODAY)) == 1
    assert selectors.dashboard(vera, as_of=TODAY) == []
    assert len(selectors.dashboard(SYSTEM, as_of=TODAY)) == 1
