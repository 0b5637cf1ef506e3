"""Who gets which page, written by hand from the table of roles, not read from the code."""

import pytest
from django.test import Client
from tests.people import CAST
from tests.web.addresses import VALUES, Address, addresses

from lykta.domain.plans.models import FrozenPicture
from lykta.infrastructure.imports.models import Run
from lykta.infrastructure.notifications.models import Notice

# Shown to all on purpose: logging in and out, choosing a password, language, and being alive.
OPEN = {"account_login", "account_logout", "choose-password", "preferences", "alive", "logo"}
# Asked for by calendar programs, that know a secret instead of logging in.
OPEN |= {"calendar"}
# The program that keeps the page where one reports tells nothing of anyone.
OPEN |= {"events:worker", "events:manifest"}
# For residents.
OPEN |= {
    *("open:report", "open:suggestions", "open:screen", "open:follow"),
    *("open:information", "open:accessibility"),
}
# For whoever holds a link: nobody else, signed in or not, is told whether it ever was.
OPEN |= {"open:hand-off", "open:hand-off-photo"}
# For the one who is asked in, who cannot log in yet.
OPEN |= {"invitation"}
EVERYONE = set(CAST) - {"cleo"}
CONTENT = EVERYONE - {"drift"}  # who runs the machines sees none of the content
CHANGERS = {"amina", "leo"}
OWN_MEMBERS = {"otto", "harriet", "civil"}
REPORTERS = CONTENT - {"kerstin"}
HARRIETS = {"harriet", "amina"}  # her organisation's report, and the co-ordination function
MAY_GET = {
    "start": EVERYONE,
    "search": EVERYONE,
    "notifications": EVERYONE,
    "notice": {"harriet"},  # each her own
    "area": CONTENT,
    "health": {"drift"},
    "retention": {"amina", "drift"},
    "retention-rule": {"amina"},
    "retention-log": {"amina", "drift"},
    "places:areas": CONTENT,
    "places:lists": CONTENT,
    "places:export": CONTENT,
    "places:history": CONTENT,
    "places:register": CONTENT,
    "places:suggestions": CONTENT,
    "events:report": REPORTERS,
    "events:similar": REPORTERS,
    "events:sending": REPORTERS,
    "events:reports": REPORTERS,
    "events:table": REPORTERS,
    "events:one": HARRIETS,
    "events:photo": HARRIETS,
    "events:inbox": {"amina"} | OWN_MEMBERS,
    "events:categories": {"amina"},
    "events:new-category": {"amina"},
    "events:category": {"amina"},
    "events:new-question": {"amina"},
    "events:question": {"amina"},
    **{
        name: {"amina"}
        for name in (
            *("events:merge", "events:split", "events:hand-off"),
            *("events:routing", "events:new-rule", "events:try-routing", "events:rule"),
            *("events:stand-ins", "events:answers", "events:new-answer", "events:answer"),
        )
    },
    "situation": CONTENT,
    "situation-table": CONTENT,
    "situation-rows": CHANGERS,
    "imports": CHANGERS,
    "import-run": CHANGERS,
    "import-rejected": CHANGERS,
    "import-mend": CHANGERS,
    "indicators:dashboard": CONTENT,
    "indicators:series": CONTENT,
    "indicators:export": CONTENT,
    "indicators:new-citation": CHANGERS,
    "meetings:weeks": CONTENT,
    "meetings:week": CONTENT,
    "meetings:file": CONTENT,
    "meetings:meeting": CONTENT,
    "meetings:minutes": CONTENT,
    "meetings:calendar": CONTENT,
    "meetings:actions": CONTENT,
    "meetings:actions-table": CONTENT,
    "meetings:action": CONTENT,
    "meetings:year": CONTENT,
    "meetings:letters": CONTENT,
    "meetings:letter": HARRIETS,
    "meetings:letter-file": HARRIETS,
    "api:list_weeks": CONTENT,
    "api:one_week": CONTENT,
    "api:list_actions": CONTENT,
    "plans:pictures": CONTENT,
    "plans:picture": CONTENT,
    "plans:compare": CONTENT,
    "plans:file": CONTENT,
    "plans:new": CHANGERS,
    "statutes:statutes": CONTENT,
    "partners:administration": EVERYONE,
    "partners:roles": EVERYONE,
    "partners:organisations": EVERYONE,
    "partners:organisation": {"amina"},  # the organisation asked for is Amina's and Leo's
    "partners:new-organisation": {"amina"},
    "partners:change-organisation": {"amina"},
    "partners:memberships": {"amina"} | OWN_MEMBERS,
    "partners:new-membership": {"amina"} | OWN_MEMBERS,
    "partners:end-membership": {"amina"},
    "partners:invitations": {"amina"} | OWN_MEMBERS,
    "partners:new-invitation": {"amina"} | OWN_MEMBERS,
    "cooperation:cooperation": CONTENT,
    "cooperation:agreements": CONTENT,
    "cooperation:agreements-table": CONTENT,
    "cooperation:agreement": CONTENT,
    "cooperation:new-agreement": {"amina"},
    "cooperation:change-agreement": {"amina"},
    "cooperation:sign-agreement": {"amina"},
    "cooperation:end-agreement": {"amina"},
    "cooperation:joint-work": {"amina", "sonja", "pelle"},  # who may tell counts of methods
    "cooperation:network": CONTENT,
    "cooperation:network-table": CONTENT,
    "cooperation:note-cooperation": {"amina"},
    "cooperation:council": CONTENT,
    "cooperation:members-table": CONTENT,
    "cooperation:meetings-table": CONTENT,
    "cooperation:council-meeting": CONTENT,
    "cooperation:council-calendar": CONTENT,
    "cooperation:function": CONTENT,
    "cooperation:lead-body": CONTENT,
    "cooperation:efforts": CONTENT,
    "cooperation:assignments": CONTENT,
    "cooperation:new-council-meeting": {"amina"},
    "cooperation:change-council-meeting": {"amina"},
    "cooperation:tell-council-meeting": {"amina"},
    "cooperation:pass-on": {"amina"},
    **{
        f"cooperation:{act}-{kind}": {"amina"}
        for act in ("new", "correct", "withdraw")
        for kind in ("council", "member", "function", "lead-body", "effort", "assignment")
    },
    "api:list_agreements": CONTENT,
    "api:network": CONTENT,
    "api:council": CONTENT,
    "api:offices": CONTENT,
    "api:list_efforts": CONTENT,
    "api:list_assignments": CONTENT,
    "partners:accounts": {"drift"},
    "partners:new-account": {"drift"},
    "partners:account": {"drift"},
    "api:openapi-json": EVERYONE,
    "api:situation": CONTENT,
    "api:list_reports": REPORTERS,
    "api:one_report": HARRIETS,
    "api:list_areas": CONTENT,
    "api:borders": CONTENT,
    "api:list_places": CONTENT,
    "api:one_area": CONTENT,
    "api:list_indicators": CONTENT,
    "api:one_indicator": CONTENT,
    "api:list_pictures": CONTENT,
    "api:one_picture": CONTENT,
}
MAY_GET["partners:organisation"] |= {"leo"}
ONLY_POST = {
    "notifications-read": EVERYONE,
    "calendar-address": EVERYONE,
    "partners:invite": {"drift"},
    "partners:take-back-membership": {"amina"},
    "partners:withdraw-invitation": {"amina"},
    "plans:recompute": CONTENT,
    "events:screen": REPORTERS,
    "events:nothing": REPORTERS,
    "events:decide": {"amina"},
    "events:stop-asking": {"amina"},
    "meetings:freeze": {"amina"},
    "meetings:remind": {"amina"},
    "meetings:plan": {"amina"},
    "meetings:attend": {"amina"},
    "meetings:decide": {"amina"},
    "meetings:withdraw": {"amina"},
    "meetings:close": {"amina"},
    "meetings:tell": {"amina"},
    "meetings:effect": {"amina"},
    "meetings:remove-planned": {"amina"},
    **{
        name: {"amina"}
        for name in (
            *("events:assign", "events:route", "events:unmerge", "events:withdraw"),
            *("events:move-rule", "events:remove-rule", "events:remove-stand-in"),
            *("events:hints", "events:remove-answer"),
        )
    },
}
# What answers a post with another page.
SENDS_ON = {
    *("events:nothing", "events:decide", "events:stop-asking", "events:assign", "events:route"),
    *("events:unmerge", "events:withdraw", "events:move-rule", "events:remove-rule"),
    *("events:remove-stand-in", "events:remove-answer"),
    *("meetings:remind", "meetings:withdraw", "meetings:remove-planned"),
    *("notice", "notifications-read"),
    *("partners:take-back-membership", "partners:withdraw-invitation"),
}
# What is asked again, since nothing was filled in or the meeting is over.
ASKS_AGAIN = {
    *("meetings:freeze", "meetings:plan", "meetings:attend", "meetings:decide"),
    *("meetings:close", "meetings:tell", "meetings:effect"),
}
OF_RULES = ("rule", "move-rule")
PICTURE_PAGES = ("plans:picture", "plans:file", "plans:recompute", "api:one_picture")
# Pages about the report that Harriet has sent.
ABOUT_ONE = {
    *("events:one", "events:decide", "events:merge", "events:split", "events:hand-off"),
    *("events:assign", "events:route", "api:one_report"),
}
# Addresses that lead nowhere, for whoever asks.
NOT_PAGES = {"api:api-root", "unknown"}


def path_of(address: Address) -> str:
    """Return the path with the ids of what Amina's organisation has in this test."""
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
        Assignment,
        CoordinationFunction,
        CouncilMeeting,
        CouncilMember,
        Effort,
        Invitation,
        LeadBody,
        Membership,
        Organisation,
        StrategicCouncil,
    )
    from lykta.infrastructure.accounts.models import Account

    amina = Account.objects.get(email="amina@example.org")
    held = Agreement.objects.exclude(signed_on=None).earliest("pk").pk
    draft = Agreement.objects.get(signed_on=None).pk
    noted = {
        "council": StrategicCouncil,
        "member": CouncilMember,
        "function": CoordinationFunction,
        "lead-body": LeadBody,
        "effort": Effort,
        "assignment": Assignment,
    }
    first_run = Run.objects.earliest("id").pk
    ids = {
        "partners:organisation": Organisation.objects.get(name="Samordningsfunktionen").pk,
        "partners:change-organisation": Organisation.objects.get(name="Samordningsfunktionen").pk,
        "partners:end-membership": Membership.objects.get(account=amina).pk,
        "partners:take-back-membership": Membership.objects.get(account__name="Ny").pk,
        "partners:withdraw-invitation": Invitation.objects.get().pk,
        **{f"cooperation:{name}": held for name in ("agreement", "end-agreement", "joint-work")},
        **{f"cooperation:{name}": draft for name in ("change-agreement", "sign-agreement")},
        **{
            f"cooperation:{act}-{kind}": table.objects.earliest("pk").pk
            for act in ("correct", "withdraw")
            for kind, table in noted.items()
        },
        "cooperation:pass-on": Assignment.objects.earliest("pk").pk,
        **{
            f"cooperation:{name}": CouncilMeeting.objects.earliest("pk").pk
            for name in (
                *("council-meeting", "change-council-meeting", "tell-council-meeting"),
                "council-calendar",
            )
        },
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
        **dict.fromkeys(PICTURE_PAGES, FrozenPicture.objects.earliest("id").pk),
        **dict.fromkeys(("import-run", "import-rejected", "import-mend"), first_run),
    }
    if address.name in ABOUT_ONE | {"events:unmerge"}:
        told = Report.objects.exclude(description="")
        is_merged = address.name == "events:unmerge"
        key = str((told.latest("pk") if is_merged else told.earliest("pk")).key)
        return address.path.replace(VALUES["key"], key)
    pk = ids.get(address.name)
    if address.name == "meetings:minutes":
        return address.path.replace(VALUES["form"], "json")
    if address.name == "meetings:letter-file":
        return address.path.replace(VALUES["form"], "pdf").replace("/1/", f"/{pk}/")
    if address.name == "events:photo":
        return f"/rapportera/foto/{pk}.jpg"
    if address.name == "situation-rows":
        return f"{address.path}?kalla={Source.objects.earliest('pk').pk}"
    if address.name == "api:situation":
        return f"{address.path}?fran=2026-10-05&till=2026-10-26"
    if address.name == "api:one_picture":
        return f"/api/lagesbilder/{pk}"
    return address.path.replace("/1/", f"/{pk}/") if pk else address.path


def asked(client: Client, address: Address) -> int:
    """Return the status of the answer to the page's usual question."""
    if address.name in ONLY_POST:
        return client.post(path_of(address)).status_code
    return client.get(path_of(address)).status_code


@pytest.fixture
def cast(triaged, enter):
    """Return the whole cast, logged in."""
    return {name: enter(name) for name in CAST}


def test_every_address_has_its_rule():
    ruled = OPEN | set(MAY_GET) | set(ONLY_POST) | NOT_PAGES

    assert {address.name for address in addresses()} == ruled


def test_each_of_the_cast_gets_her_pages_and_no_other(cast):
    rules = MAY_GET | ONLY_POST
    wrong = [
        (address.name, name, status)
        for address in addresses()
        if address.name in rules
        for name, client in cast.items()
        for status in [asked(client, address)]
        if status != _wanted(address.name, name, rules)
        and not (name == "cleo" and status == 404 and address.path.startswith("/api/"))
    ]

    assert wrong == []


def _wanted(address: str, name: str, rules: dict[str, set[str]]) -> int:
    if name in rules[address]:
        return 302 if address in SENDS_ON else 400 if address in ASKS_AGAIN else 200
    return 403 if name == "cleo" else 404


METHODS = ("get", "post", "put", "patch", "delete", "head", "options")


def answers_to(client: Client) -> dict[tuple[str, str], int]:
    """Return what someone is answered, by name and method, of all that is not open to everyone."""
    return {
        (address.name, method): getattr(client, method)(path_of(address)).status_code
        for address in addresses()
        if address.name not in OPEN
        for method in METHODS
    }


def test_nobody_is_sent_to_the_login_whatever_is_asked(cast):
    is_api = {address.name: address.path.startswith("/api/") for address in addresses()}
    wrong = {
        asked: status
        for asked, status in answers_to(Client()).items()
        if status != (401 if is_api[asked[0]] else 302)
    }

    assert wrong == {}


def test_the_outsider_is_refused_whatever_is_asked(cast):
    answers = answers_to(cast["cleo"])

    assert {asked: status for asked, status in answers.items() if status not in (403, 404)} == {}


def test_what_the_outsider_is_shown_names_nothing_of_ours(cast):
    shown = " ".join(
        cast["cleo"].get(path_of(address)).content.decode()
        for address in addresses()
        if address.name not in OPEN
    )

    assert not [
        word
        for word in ("Åsa", "Höjden", "Samordningsfunktionen", "Amina", "Skjutningar", "Lykt")
        if word in shown
    ]


def test_not_allowed_looks_like_not_found(cast):
    hidden = cast["vera"].get("/administration/konton/").content.decode()
    missing = cast["vera"].get("/administration/finns-inte/").content.decode()

    def plain(page: str) -> str:
        import re

        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        return re.sub(r'name="next" value="[^"]*"', "", page)

    assert plain(hidden) == plain(missing)
