"""A phrase of an erased report is nowhere: not in the database's files, beside them, or in any."""

import subprocess
import sys

import pytest
from tests.drills import ON_POSTGRESQL, Drill, set_up
from tests.infrastructure.retention.phrases import found

pytestmark = pytest.mark.django_db
PHRASE = "hemligheten vid muren sjuttiosju"
HEAD = """
import django
django.setup()
from uuid import uuid4
from django.utils import timezone
from lykta.domain.events import rules, services
from lykta.domain.events.models import Category, Report
from lykta.infrastructure.access import SYSTEM
now = timezone.now()
"""
# Of many lengths, so that pages are divided: copies of rows are left where they lay.
TELL = (
    HEAD
    + f"""
for n in range(60):
    told = services.Told(
        key=uuid4(), written_at=now, category=Category.objects.get(code="GRAFFITI"),
        where=services.Where(text="{PHRASE}"[:60]),
        when=rules.at(timezone.localtime(now).replace(tzinfo=None)),
        description="{PHRASE} " + "x " * (n * 7 % 90), channel=rules.Channel.PUBLIC_FORM,
    )
    row, _code = services.report_openly(told, now=now)
    services.accept(SYSTEM, [row], now=now, answer="{PHRASE}")
"""
)
ERASE = HEAD + "for row in Report.objects.all():\n    services.erase(SYSTEM, row, now=now)\n"


def play(made: Drill, script: str) -> None:
    """Run a script on an installation."""
    environment = made.environment(DJANGO_SETTINGS_MODULE="lykta.project.settings")
    told = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def test_a_phrase_of_an_erased_report_is_found_before_and_nowhere_after(tmp_path):
    with set_up(tmp_path / "home") as made:
        play(made, TELL)
        before = found(PHRASE, made)

        play(made, ERASE)
        made.succeed("retention")
        after = found(PHRASE, made)
        counted = made.ask("SELECT count(*) FROM events_event")

    assert "events_report.description" in before
    assert ON_POSTGRESQL or "lykta.sqlite3" in before
    assert after == []
    assert counted[0][0] == 60
