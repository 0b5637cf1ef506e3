"""The pages of retention: what holds, what is due, what has gone, and a new rule."""

import csv
import io
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.infrastructure.imports import lines

from lykta.domain.partners.rules import IMPORT_FILES
from lykta.infrastructure.imports import services as imports
from lykta.infrastructure.imports.models import Run
from lykta.infrastructure.retention import services
from lykta.infrastructure.retention.models import RetentionRule

pytestmark = pytest.mark.django_db
PAGE, FORM, LOG = (f"/administration/gallring/{path}" for path in ("", "regel/", "logg.csv"))
PHRASE = "Annas hemliga lista"
IMPORTER = replace(lines.LINES, right=IMPORT_FILES)


@pytest.fixture(autouse=True)
def rules(settings, tmp_path):
    settings.IMPORTERS = {lines.KIND: "tests.web.test_retention.IMPORTER"}
    settings.LYKTA_DIR = tmp_path / "home"
    services.load(today=timezone.localdate())


@pytest.fixture
def rejected(tmp_path) -> Run:
    """A file whose one rejected row has been due for a month."""
    path = tmp_path / f"{PHRASE}.txt"
    path.write_text("Asp\n!\nBjörk", encoding="utf-8")
    run = imports.carry_out(imports.check(lines.KIND, path, by=None))
    Run.objects.update(finished_at=timezone.now() - timedelta(days=61))
    return run


def shown(answer) -> str:
    """Return the words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def filled(**said: object) -> dict[str, object]:
    today = timezone.localdate()
    usual = {"what": "imports.rejected/texts", "keep_days": "14", "valid_from": today}
    return {**usual, "basis": "Gallringsbeslut KS 2026:14", **said}


def test_the_page_says_what_holds_and_that_it_is_a_proposal(enter, rejected):
    page = shown(enter("amina").get(PAGE))

    assert "Tas bort 30 dagar efter att inläsningen blev klar." in page
    assert "19 av reglerna är förslag" in page
    assert "Grund: lyktas förslag, att besluta" in page
    assert PHRASE not in page


def test_what_is_due_is_counted_and_what_has_gone_is_logged(enter, rejected):
    before = shown(enter("drift").get(PAGE))
    services.run()
    after = shown(enter("drift").get(PAGE))

    assert "Ingenting har tagits bort än." in before
    assert "Ingen gallring har körts än." in before
    assert "Senast gallrat" in after
    assert "Hämta hela loggen" in after


def test_the_log_is_a_file_of_numbers_and_days(enter, rejected):
    services.run()

    text = enter("amina").get(LOG).content.decode("utf-8-sig")

    (row,) = csv.DictReader(io.StringIO(text), delimiter=";")
    # As the log has it: on the wall clock of that day, which may be summer time.
    day = timezone.localdate(timezone.now() - timedelta(days=61)).isoformat()
    assert (row["uppgifter"], row["antal"]) == ("Avvisade rader vid inläsning", "1")
    assert (row["från"], row["till"], row["grund"]) == (day, day, services.PROPOSED)
    assert PHRASE not in text


def test_a_new_rule_takes_the_place_of_the_proposal(enter):
    answer = enter("amina").post(FORM, filled(), follow=True)

    rule = RetentionRule.objects.in_force(timezone.localdate()).get(dataset="imports.rejected")
    assert (rule.keep_days, rule.is_proposal, rule.recorded_by.name) == (14, False, "Amina")
    assert "Regeln är sparad." in shown(answer)


def test_a_rule_that_begins_later_is_shown_beside_the_one_that_holds(enter):
    later = timezone.localdate() + timedelta(days=40)
    enter("amina").post(FORM, filled(valid_from=later, keep_days="", is_kept="on"))

    page = shown(enter("amina").get(PAGE))

    assert "Gäller inte än" in page
    assert "Sparas alltid. Gallringsbeslut KS 2026:14" in page
    assert "Tas bort 30 dagar" in page


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"keep_days": ""}, "Skriv antal dagar"),
        ({"is_kept": "on"}, "Skriv antal dagar"),
        ({"basis": ""}, "Grund"),
        ({"valid_from": "2020-01-01"}, "i förväg"),
        ({"what": "finns/inte"}, "Vad regeln gäller"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_with_a_reason(enter, said, complaint):
    n_before = RetentionRule.objects.count()

    answer = enter("amina").post(FORM, filled(**said))

    assert answer.status_code == 400
    assert complaint in shown(answer)
    assert RetentionRule.objects.count() == n_before


def test_it_operations_read_but_make_no_rule(enter):
    drift = enter("drift")

    assert drift.post(FORM, filled()).status_code == 404
    assert "Ny regel" not in shown(drift.get(PAGE))


def test_start_tells_the_coordinator_of_what_was_not_deleted_in_time(enter, rejected):
    late = shown(enter("amina").get("/"))
    services.run()
    in_time = shown(enter("amina").get("/"))

    assert "Ett slags uppgifter skulle ha gallrats" in late
    assert "skulle ha gallrats" not in in_time
    assert "skulle ha gallrats" not in shown(enter("drift").get("/"))


def test_the_page_of_a_run_says_that_its_rows_are_gone(enter, rejected):
    address = f"/inlasning/{rejected.pk}/"
    before = shown(enter("amina").get(address))
    services.run()

    after = shown(enter("amina").get(address))

    assert "Ett namn saknas." in before
    assert "Radernas text är gallrad. Antalet står kvar." in after
