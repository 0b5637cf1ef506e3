"""Who gets what of which address: the house compared with the table written by hand."""

import pytest
from django.db import transaction
from django.test import Client
from tests.people import CAST
from tests.web import matrix
from tests.web.addresses import VALUES, Address, addresses
from tests.web.matrix import MATRIX, METHODS, NOBODY, OPEN, OUTSIDER

from lykta.domain.documents.rules import CONTENT_TYPES, Kind
from lykta.domain.events.views.reports import DECISIONS
from lykta.domain.meetings.services.writing import FORMS
from lykta.domain.meetings.views.letters import FORM_NAMES
from lykta.domain.places.selectors.exports import EXPORTS
from lykta.domain.plans.models import FrozenPicture
from lykta.domain.plans.views import ROWS
from lykta.infrastructure.imports.models import Run
from lykta.infrastructure.notifications.models import Notice

COMMON = ("GET", "POST")
# What the code can write at each address that takes the form in its path.
WRITTEN = {
    "places:export": set(EXPORTS),
    "plans:file": {*CONTENT_TYPES, ROWS},
    "meetings:file": set(FORMS[Kind.WEEK]),
    "meetings:minutes": set(FORMS[Kind.MINUTES]),
    "meetings:letter-file": set(FORM_NAMES),
    "events:decide": set(DECISIONS),
}
# The parts of an address that choose a form of its answer.
CHOOSING = ("form", "name", "decision")  # in a route
OF_RULES = ("rule", "move-rule")
OF_COUNCIL_MEETINGS = (
    *("council-meeting", "change-council-meeting", "tell-council-meeting", "council-calendar"),
)
PICTURE_PAGES = ("plans:picture", "plans:file", "plans:recompute", "api:one_picture")
# Pages about the report that Harriet has sent.
ABOUT_ONE = {
    *("events:one", "events:decide", "events:merge", "events:split", "events:hand-off"),
    *("events:assign", "events:route", "api:one_report"),
}


def known_ids() -> dict[str, object]:
    """Return the id of what Amina's organisation has in this test, by the address that has it."""
    from lykta.domain.events.models import (
        AnswerTemplate,
        Category,
        HandOff,
        Photo,
        Question,
        Report,
        RoutingRule,
        Source,
        StandIn,
    )
    from lykta.domain.meetings.models import Action, Decision, PlannedEvent
    from lykta.domain.partners.models import (
        Agreement,
        CouncilMeeting,
        GroupRole,
        Invitation,
        Membership,
        Organisation,
    )
    from lykta.infrastructure.accounts.models import Account

    amina = Account.objects.get(email="amina@example.org")
    held = Agreement.objects.exclude(signed_on=None).earliest("pk").pk
    draft = Agreement.objects.get(signed_on=None).pk
    first_run = Run.objects.earliest("id").pk
    told = Report.objects.exclude(description="")
    return {
        "partners:organisation": Organisation.objects.get(name="Samordningsfunktionen").pk,
        "partners:change-organisation": Organisation.objects.get(name="Samordningsfunktionen").pk,
        "partners:end-membership": Membership.objects.get(account=amina).pk,
        "partners:take-back-membership": Membership.objects.get(account__name="Ny").pk,
        "partners:end-group": GroupRole.objects.get().pk,
        "partners:withdraw-invitation": Invitation.objects.get().pk,
        **{f"cooperation:{name}": held for name in ("agreement", "end-agreement", "joint-work")},
        **{f"cooperation:{name}": draft for name in ("change-agreement", "sign-agreement")},
        **{f"cooperation:{name}": CouncilMeeting.objects.get().pk for name in OF_COUNCIL_MEETINGS},
        **ids_of_notes(),
        "events:photo": Photo.objects.get().pk,
        "notice": Notice.objects.earliest("pk").pk,
        **dict.fromkeys(
            ("events:category", "events:new-question"), Category.objects.get(code="GRAFFITI").pk
        ),
        "events:question": Question.objects.current().first().pk,
        "events:stop-asking": Question.objects.current().last().pk,
        **dict.fromkeys(
            ("meetings:action", "meetings:tell", "meetings:effect"), Action.objects.get().pk
        ),
        **dict.fromkeys(
            ("meetings:letter", "meetings:letter-file"),
            Organisation.objects.get(name="Bostadsbolaget").pk,
        ),
        "meetings:withdraw": Decision.objects.get().pk,
        "meetings:remove-planned": PlannedEvent.objects.earliest("pk").pk,
        **{f"events:{name}": RoutingRule.objects.earliest("pk").pk for name in OF_RULES},
        "events:remove-rule": RoutingRule.objects.latest("pk").pk,
        "events:answer": AnswerTemplate.objects.earliest("pk").pk,
        "events:remove-answer": AnswerTemplate.objects.latest("pk").pk,
        "events:remove-stand-in": StandIn.objects.latest("pk").pk,
        "events:withdraw": HandOff.objects.latest("pk").pk,
        "partners:account": amina.pk,
        "partners:invite": amina.pk,
        # Someone whom no one in the cast acts as.
        **dict.fromkeys(
            ("partners:end-sessions", "partners:remove-factors", "partners:unlink"),
            Account.objects.get(name="Ny").pk,
        ),
        **dict.fromkeys(PICTURE_PAGES, FrozenPicture.objects.earliest("id").pk),
        **dict.fromkeys(("import-run", "import-rejected", "import-mend"), first_run),
        **dict.fromkeys(ABOUT_ONE, told.earliest("pk").key),
        "events:unmerge": told.latest("pk").key,
        "situation-rows": Source.objects.earliest("pk").pk,
    }


def ids_of_notes() -> dict[str, object]:
    """Return the id of what is noted of each office, by the address that has it."""
    from lykta.domain.partners import models

    tables = {
        "council": models.StrategicCouncil,
        "member": models.CouncilMember,
        "function": models.CoordinationFunction,
        "lead-body": models.LeadBody,
        "effort": models.Effort,
        "assignment": models.Assignment,
    }
    ids = {kind: table.objects.earliest("pk").pk for kind, table in tables.items()}
    noted = {
        f"cooperation:{act}-{kind}": ids[kind] for act in ("correct", "withdraw") for kind in ids
    }
    return noted | {"cooperation:pass-on": ids["assignment"]}


def path_of(address: Address, ids: dict[str, object]) -> str:
    """Return the path with the ids that are known."""
    pk = ids.get(address.name)
    if address.name in ABOUT_ONE | {"events:unmerge"}:
        return address.path.replace(VALUES["key"], str(pk))
    if address.name == "meetings:minutes":
        return address.path.replace(VALUES["form"], "json")
    if address.name == "meetings:letter-file":
        return address.path.replace(VALUES["form"], "pdf").replace("/1/", f"/{pk}/")
    if address.name == "events:photo":
        return f"/rapportera/foto/{pk}.jpg"
    if address.name == "situation-rows":
        return f"{address.path}?kalla={pk}"
    if address.name == "api:situation":
        return f"{address.path}?fran=2026-10-05&till=2026-10-26"
    if address.name == "api:one_picture":
        return f"/api/lagesbilder/{pk}"
    return address.path.replace("/1/", f"/{pk}/") if pk else address.path


def in_form(path: str, form: str) -> str:
    """Return the address in another of its forms."""
    if not form:
        return path
    parts = path.rstrip("/").split("/")
    return "/".join([*parts[:-1], form]) + ("/" if path.endswith("/") else "")


def asked(client: Client, method: str, path: str) -> int:
    """Return the status of the answer; what asking has changed is taken back."""
    with transaction.atomic():
        status = getattr(client, method.lower())(path).status_code
        transaction.set_rollback(True)
    return int(status)


def test_every_address_has_its_line():
    lined = set(OPEN) | set(MATRIX) | matrix.LOGIN

    assert {address.name for address in addresses()} == lined


def test_every_form_that_the_code_can_write_has_its_line():
    lined = {name: set(line.forms) for name, line in MATRIX.items() if line.forms}
    choosing = {
        each.name for each in addresses() if any(f"<{part}>" in each.route for part in CHOOSING)
    }

    assert lined == WRITTEN
    assert choosing == set(WRITTEN)


def test_the_page_of_the_documentation_is_of_this_table():
    page = matrix.PAGE.read_text(encoding="utf-8")

    assert page == matrix.written(page), "python -m tests.web.matrix"


def test_all_of_the_cast_are_in_the_table():
    assert matrix.EVERYONE | {OUTSIDER} == set(CAST)


@pytest.mark.once
@pytest.mark.parametrize("name", [*CAST, NOBODY])
def test_each_gets_what_is_hers_by_every_method_in_every_form(on_paper, triaged, enter, name):
    client, ids = Client() if name == NOBODY else enter(name), known_ids()

    wrong = [
        (address.name, method, form, status, wanted)
        for address in addresses()
        if address.name not in matrix.LOGIN
        for form in matrix.asked_forms(address.name)
        for path in [in_form(path_of(address, ids), form)]
        for method in _methods(address, name)
        for status in [asked(client, method, path)]
        for wanted in [_wanted(address, name, method, form)]
        if status != wanted
    ]

    assert wrong == []


def _methods(address: Address, name: str) -> tuple[str, ...]:
    """Return the methods by which one of the cast asks: each of them by nobody and the outsider.

    By what a page is read and written, all ask. The others fall on a quarter of the cast, and on
    another quarter for each address, so that several ask by each method of each.
    """
    if name in (NOBODY, OUTSIDER):
        return METHODS
    place, turn = list(CAST).index(name), len(address.path) + len(address.name)
    return METHODS if (place + turn) % 4 == 0 else COMMON


def _wanted(address: Address, name: str, method: str, form: str) -> int:
    line = matrix.named(address.name)
    return line.answer(name, method, form=form, is_api=address.path.startswith("/api/"))


def test_what_the_outsider_is_shown_names_nothing_of_ours(triaged, enter):
    cleo, ids = enter("cleo"), known_ids()
    shown = " ".join(
        cleo.get(path_of(address, ids)).content.decode()
        for address in addresses()
        if address.name not in OPEN and address.name not in matrix.LOGIN
    )

    assert not [
        word
        for word in ("Åsa", "Höjden", "Samordningsfunktionen", "Amina", "Skjutningar", "Lykt")
        if word in shown
    ]


def test_not_allowed_looks_like_not_found(filled, enter):
    vera = enter("vera")
    hidden = vera.get("/administration/konton/").content.decode()
    missing = vera.get("/administration/finns-inte/").content.decode()

    def plain(page: str) -> str:
        import re

        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        return re.sub(r'name="next" value="[^"]*"', "", page)

    assert plain(hidden) == plain(missing)
