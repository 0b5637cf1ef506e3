"""Who gets what of each address, by method and form: a table written by hand, read as it stands.

It is thought out from what each role is to see (`docs/explanation`), never read from the code, and
the tests compare the house with it. A new address, method or form needs its line here; the page
`docs/reference/access.md` shows the same lines (`python -m tests.web.matrix` writes it).

Whom no line names:

* nobody is sent to the login, and told 401 by the API, whatever she asks;
* the outsider gets 403, and 404 from the API;
* others of the cast get 404, as for what does not exist;
* a method that the address does not know is answered 405 to those who know the address, else as
  above.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
NOBODY, OUTSIDER = "nobody", "cleo"

# The people, by what they have in common (product: "Who sees what").
CONTENT = frozenset(
    {
        *("amina", "otto", "vera", "farid", "harriet", "pelle", "sonja", "planka", "ekon"),
        *("kerstin", "leo", "civil"),
    }
)
EVERYONE = CONTENT | {"drift"}  # who runs the machines sees none of the content
COORDINATOR = frozenset({"amina"})
CHANGERS = frozenset({"amina", "leo"})  # they read files in, and freeze
OWN_MEMBERS = frozenset({"otto", "harriet", "civil"})  # they take in their own
INBOX = COORDINATOR | OWN_MEMBERS
REPORTERS = CONTENT - {"kerstin"}  # who is politically responsible does not report
HARRIETS = frozenset({"harriet", "amina"})  # her organisation, and the co-ordination function
OPERATIONS = frozenset({"drift"})
COUNTS = frozenset({"amina", "sonja", "pelle"})  # they tell how much, never of whom
WORLD = EVERYONE | {NOBODY, OUTSIDER}
NONE: frozenset[str] = frozenset()

FINE, MADE, SENT_ON, WRONG, MISSING, UNKNOWN_METHOD = 200, 201, 302, 400, 404, 405


@dataclass(frozen=True, slots=True)
class Line:
    """One address: who gets what she asks for by each method, and what they are answered."""

    may: Mapping[str, frozenset[str]]  # who, by method; what is not named is not known
    answers: Mapping[str, int]  # what they are answered, by method
    knows: frozenset[str]  # who holds the right of the address: told 405, not 404
    forms: Mapping[str, frozenset[str]] = field(default_factory=dict)  # who, by form of the answer
    note: str = ""  # what the objects of an address are, where not all who know it get them

    def answer(self, name: str, method: str, *, form: str = "", is_api: bool = False) -> int:
        """Return the status that one of the cast, the outsider or nobody is to get."""
        if name not in self.knows:
            return _shut_out(name, is_api=is_api)
        if method not in self.may:
            return UNKNOWN_METHOD
        who = self.may[method]
        if form:
            who &= self.forms[form]
        return self.answers[method] if name in who else MISSING


def _shut_out(name: str, *, is_api: bool) -> int:
    if name == NOBODY:
        return 401 if is_api else SENT_ON
    if name == OUTSIDER:
        return MISSING if is_api else 403
    return MISSING


def _line(
    answers: dict[str, int],
    who: frozenset[str],
    *,
    knows: frozenset[str] | None = None,
    forms: Mapping[str, frozenset[str]] | None = None,
    note: str = "",
) -> Line:
    may = dict.fromkeys(answers, who)
    return Line(may, answers, knows or who, forms or {}, note)


def page(who: frozenset[str], **more: object) -> Line:
    """Return the line of what is read by GET alone."""
    return _line({"GET": FINE}, who, **more)  # type: ignore[arg-type]


def safe(who: frozenset[str], **more: object) -> Line:
    """Return the line of what is read, by HEAD too."""
    return _line({"GET": FINE, "HEAD": FINE}, who, **more)  # type: ignore[arg-type]


def form(who: frozenset[str], *, empty: int = FINE, **more: object) -> Line:
    """Return the line of what is filled in; one that is sent empty is shown again."""
    return _line({"GET": FINE, "POST": empty}, who, **more)  # type: ignore[arg-type]


def press(who: frozenset[str], answer: int = SENT_ON, **more: object) -> Line:
    """Return the line of a button: what is changed by POST alone."""
    return _line({"POST": answer}, who, **more)  # type: ignore[arg-type]


def read_and_write(readers: frozenset[str], writers: frozenset[str], *, note: str = "") -> Line:
    """Return the line of a page that many read, with a form that fewer may send."""
    may = {"GET": readers, "POST": writers}
    return Line(may, {"GET": FINE, "POST": FINE}, readers, {}, note)


def _forms(who: frozenset[str], *names: str, **others: frozenset[str]) -> dict[str, frozenset[str]]:
    return dict.fromkeys(names, who) | others


PAPER = ("pdf", "docx", "html", "json")
OWN_REPORT = "a report of Harriet's organisation"
OWN_LETTER = "the letter to Harriet's organisation"

# For those without an account. The same for all: who asks makes no difference.
OPEN: Mapping[str, Line] = MappingProxyType(
    {
        "open:report": form(WORLD, empty=WRONG),
        "open:suggestions": page(WORLD),
        "open:screen": press(WORLD, FINE),
        "open:follow": form(WORLD),
        "open:information": page(WORLD),
        "open:accessibility": page(WORLD),
        # Whoever holds a link is told; a link that is none is answered as what does not exist.
        "open:hand-off": _line({"GET": MISSING, "POST": MISSING}, WORLD, note="no such link"),
        "open:hand-off-photo": _line({"GET": MISSING}, WORLD, note="no such link"),
        "calendar": _line({"GET": MISSING, "HEAD": MISSING}, WORLD, note="no such address"),
        "events:worker": page(WORLD),  # the program that keeps the page where one reports
        "events:manifest": page(WORLD),
        # Whoever is asked in, who cannot log in yet.
        "invitation": _line(
            {"GET": MISSING, "HEAD": MISSING, "POST": MISSING}, WORLD, note="no such link"
        ),
        # The second step of logging in: sends on to the first whoever has not taken that.
        "mfa_authenticate": _line(
            {"GET": SENT_ON, "POST": SENT_ON}, WORLD, note="nobody is half in"
        ),
        # The municipality's own login, where there is one.
        "sign-on": _line({"GET": MISSING}, WORLD, note="there is none here"),
        "sign-on-answer": _line({"GET": MISSING}, WORLD, note="there is none here"),
        "preferences": press(WORLD),
        "alive": safe(WORLD),
        "logo": _line({"GET": MISSING, "HEAD": MISSING}, WORLD, note="none is chosen here"),
    }
)
# What the library of the login answers, and what it answers whom (none of it tells of anyone).
LOGIN = frozenset({"account_login", "account_logout", "choose-password"})

MATRIX: Mapping[str, Line] = MappingProxyType(
    {
        # The frame.
        "start": safe(EVERYONE),
        "search": safe(EVERYONE),
        "area": safe(CONTENT),
        "notifications": _line({"GET": FINE, "HEAD": FINE, "POST": FINE}, EVERYONE),
        "notice": _line(
            {"GET": SENT_ON, "HEAD": SENT_ON},
            frozenset({"harriet"}),
            knows=EVERYONE,
            note="a notice to Harriet",
        ),
        "notifications-read": press(EVERYONE),
        "calendar-address": press(EVERYONE, FINE),
        # One's own login; before it is changed one is asked again who one is.
        "account": safe(EVERYONE),
        "change-password": form(EVERYONE),
        "end-sessions": press(EVERYONE),
        "account_reauthenticate": form(EVERYONE),
        "mfa_index": safe(EVERYONE),
        **dict.fromkeys(
            (
                *("mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_activate_totp"),
                *("mfa_add_webauthn", "mfa_remove_webauthn", "mfa_generate_recovery_codes"),
            ),
            _line({"GET": SENT_ON, "POST": SENT_ON}, EVERYONE),
        ),
        # None of the cast has an app or codes.
        "mfa_deactivate_totp": form(NONE, knows=EVERYONE),
        "mfa_view_recovery_codes": safe(NONE, knows=EVERYONE),
        "health": safe(OPERATIONS),
        "retention": page(COORDINATOR | OPERATIONS),
        "retention-log": page(COORDINATOR | OPERATIONS),
        "retention-rule": form(COORDINATOR),
        # Läget: how many, and where, to all; single rows to those who read files in.
        "situation": page(CONTENT),
        "situation-table": page(CONTENT),
        "situation-rows": page(CHANGERS),
        "imports": form(CHANGERS),
        "import-run": _line({"GET": FINE, "POST": SENT_ON}, CHANGERS),
        "import-rejected": page(CHANGERS),
        "import-mend": _line({"GET": FINE, "POST": SENT_ON}, CHANGERS),
        # Places: the common ground.
        "places:areas": page(CONTENT),
        "places:lists": page(CONTENT),
        "places:history": page(CONTENT),
        "places:register": page(CONTENT),
        "places:suggestions": page(CONTENT),
        "places:export": page(
            CONTENT,
            forms=_forms(
                CONTENT,
                *("omraden.csv", "omraden.geojson", "folkmangd.csv", "platser.csv"),
                *("polisens-listor.csv", "polisens-listor-riket.csv"),
            ),
        ),
        # Reports: one's own organisation's; all of them for the co-ordination function.
        "events:report": form(REPORTERS, empty=WRONG),
        "events:screen": press(REPORTERS, FINE),
        "events:similar": page(REPORTERS),
        "events:nothing": press(REPORTERS),
        "events:sending": page(REPORTERS),
        "events:reports": page(REPORTERS),
        "events:table": page(REPORTERS),
        "events:one": page(HARRIETS, knows=REPORTERS, note=OWN_REPORT),
        "events:photo": page(HARRIETS, knows=REPORTERS, note=f"a photo of {OWN_REPORT}"),
        # Triage: the inbox of one's own rows to those who deal with them; decided by one function.
        "events:inbox": Line(
            {"GET": INBOX, "POST": COORDINATOR}, {"GET": FINE, "POST": SENT_ON}, INBOX
        ),
        "events:decide": press(
            COORDINATOR, forms=_forms(COORDINATOR, "godta", "avvisa", "radera"), note=OWN_REPORT
        ),
        "events:merge": Line(
            {"GET": COORDINATOR, "POST": COORDINATOR}, {"GET": FINE, "POST": MISSING}, COORDINATOR
        ),
        "events:unmerge": press(COORDINATOR),
        "events:split": form(COORDINATOR),
        "events:assign": press(COORDINATOR),
        "events:route": press(COORDINATOR),
        "events:hand-off": form(COORDINATOR),
        "events:withdraw": press(COORDINATOR),
        "events:categories": page(COORDINATOR),
        "events:new-category": form(COORDINATOR),
        "events:category": form(COORDINATOR),
        "events:new-question": form(COORDINATOR),
        "events:question": form(COORDINATOR),
        "events:stop-asking": press(COORDINATOR),
        "events:routing": page(COORDINATOR),
        "events:new-rule": form(COORDINATOR),
        "events:try-routing": page(COORDINATOR),
        "events:rule": form(COORDINATOR),
        "events:move-rule": press(COORDINATOR),
        "events:remove-rule": press(COORDINATOR),
        "events:stand-ins": form(COORDINATOR),
        "events:remove-stand-in": press(COORDINATOR),
        "events:answers": page(COORDINATOR),
        "events:new-answer": form(COORDINATOR),
        "events:answer": form(COORDINATOR),
        "events:remove-answer": press(COORDINATOR),
        "events:hints": press(COORDINATOR, FINE),
        # Key figures.
        "indicators:dashboard": page(CONTENT),
        "indicators:series": page(CONTENT),
        "indicators:export": page(CONTENT),
        "indicators:new-citation": form(CHANGERS),
        # Frozen pictures.
        "plans:pictures": page(CONTENT),
        "plans:picture": page(CONTENT),
        "plans:compare": page(CONTENT),
        "plans:file": page(CONTENT, forms=_forms(CONTENT, *PAPER, "csv", parquet=CHANGERS)),
        "plans:recompute": press(CONTENT, FINE),
        "plans:new": form(CHANGERS),
        # The week.
        "meetings:weeks": page(CONTENT),
        "meetings:week": page(CONTENT),
        "meetings:file": page(CONTENT, forms=_forms(CONTENT, *PAPER, "csv")),
        "meetings:meeting": page(CONTENT),
        "meetings:minutes": page(CONTENT, forms=_forms(CONTENT, *PAPER)),
        "meetings:calendar": page(CONTENT),
        "meetings:actions": page(CONTENT),
        "meetings:actions-table": page(CONTENT),
        "meetings:action": read_and_write(
            CONTENT, COORDINATOR, note="an action of Amina's organisation"
        ),
        "meetings:year": read_and_write(CONTENT, COORDINATOR),
        "meetings:letters": page(CONTENT),
        "meetings:letter": page(HARRIETS, knows=CONTENT, note=OWN_LETTER),
        "meetings:letter-file": page(
            HARRIETS, knows=CONTENT, forms=_forms(HARRIETS, "pdf", "docx"), note=OWN_LETTER
        ),
        "meetings:freeze": press(COORDINATOR, WRONG, note="frozen already"),
        "meetings:remind": press(COORDINATOR),
        "meetings:plan": press(COORDINATOR, WRONG, note="the meeting is over"),
        "meetings:attend": press(COORDINATOR, WRONG, note="the meeting is over"),
        "meetings:decide": press(COORDINATOR, WRONG, note="the meeting is over"),
        "meetings:withdraw": press(COORDINATOR),
        "meetings:close": press(COORDINATOR, WRONG, note="the meeting is over"),
        "meetings:tell": press(COORDINATOR, WRONG, note="nothing is filled in"),
        "meetings:effect": press(COORDINATOR, WRONG, note="nothing is filled in"),
        "meetings:remove-planned": press(COORDINATOR),
        "statutes:statutes": page(CONTENT),
        # Administration.
        "partners:administration": page(EVERYONE),
        "partners:roles": page(EVERYONE),
        "partners:organisations": page(EVERYONE, note="one's own; all to co-ordinators"),
        "partners:organisation": page(
            CHANGERS, knows=EVERYONE, note="the organisation of Amina and Leo"
        ),
        "partners:new-organisation": form(COORDINATOR),
        "partners:change-organisation": form(COORDINATOR),
        "partners:memberships": page(INBOX, knows=EVERYONE),
        "partners:new-membership": form(INBOX, knows=EVERYONE),
        "partners:end-membership": form(
            COORDINATOR, knows=EVERYONE, note="a membership of Amina's organisation"
        ),
        "partners:take-back-membership": press(
            COORDINATOR, knows=EVERYONE, note="a membership of Amina's organisation"
        ),
        "partners:invitations": page(INBOX, knows=EVERYONE),
        "partners:new-invitation": form(INBOX, knows=EVERYONE),
        "partners:withdraw-invitation": press(
            COORDINATOR, knows=EVERYONE, note="an invitation to Amina's organisation"
        ),
        # Co-operation: read by all who work together, written by the co-ordination function.
        "cooperation:cooperation": page(CONTENT),
        "cooperation:agreements": page(CONTENT),
        "cooperation:agreements-table": page(CONTENT),
        "cooperation:agreement": page(CONTENT, note="one that is signed"),
        "cooperation:new-agreement": form(COORDINATOR),
        "cooperation:change-agreement": form(COORDINATOR, note="a draft"),
        "cooperation:sign-agreement": form(COORDINATOR, note="a draft"),
        "cooperation:end-agreement": form(COORDINATOR),
        "cooperation:joint-work": form(COUNTS, note="who tell of methods for individuals"),
        "cooperation:network": page(CONTENT),
        "cooperation:network-table": page(CONTENT),
        "cooperation:note-cooperation": form(COORDINATOR),
        # The offices of the law: read by all who work together, noted by the same function.
        "cooperation:council": page(CONTENT),
        "cooperation:members-table": page(CONTENT),
        "cooperation:meetings-table": page(CONTENT),
        "cooperation:council-meeting": page(CONTENT),
        "cooperation:council-calendar": page(CONTENT),
        "cooperation:new-council-meeting": form(COORDINATOR),
        "cooperation:change-council-meeting": form(COORDINATOR, note="one that is planned"),
        "cooperation:tell-council-meeting": form(COORDINATOR),
        "cooperation:function": page(CONTENT),
        "cooperation:lead-body": page(CONTENT),
        "cooperation:efforts": page(CONTENT),
        "cooperation:assignments": page(CONTENT),
        "cooperation:pass-on": form(COORDINATOR),
        "cooperation:new-council": form(COORDINATOR),
        "cooperation:correct-council": form(COORDINATOR),
        "cooperation:withdraw-council": form(COORDINATOR, empty=SENT_ON),
        "cooperation:new-member": form(COORDINATOR),
        "cooperation:correct-member": form(COORDINATOR),
        "cooperation:withdraw-member": form(COORDINATOR, empty=SENT_ON),
        "cooperation:new-function": form(COORDINATOR),
        "cooperation:correct-function": form(COORDINATOR),
        "cooperation:withdraw-function": form(COORDINATOR, empty=SENT_ON),
        "cooperation:new-lead-body": form(COORDINATOR),
        "cooperation:correct-lead-body": form(COORDINATOR),
        "cooperation:withdraw-lead-body": form(COORDINATOR, empty=SENT_ON),
        "cooperation:new-effort": form(COORDINATOR),
        "cooperation:correct-effort": form(COORDINATOR),
        "cooperation:withdraw-effort": form(COORDINATOR, empty=SENT_ON),
        "cooperation:new-assignment": form(COORDINATOR),
        "cooperation:correct-assignment": form(COORDINATOR),
        "cooperation:withdraw-assignment": form(COORDINATOR, empty=SENT_ON),
        "partners:accounts": page(OPERATIONS),
        "partners:new-account": form(OPERATIONS),
        "partners:account": form(OPERATIONS),
        "partners:invite": press(OPERATIONS, FINE),
        "partners:end-sessions": press(OPERATIONS),
        "partners:remove-factors": press(OPERATIONS),
        "partners:unlink": press(OPERATIONS),
        "partners:groups": page(COORDINATOR),
        "partners:new-group": form(COORDINATOR),
        "partners:end-group": press(COORDINATOR),
        "partners:two-steps": _line(
            {"GET": FINE, "POST": SENT_ON}, OPERATIONS, note="no role at all may be chosen"
        ),
        # The API is read and never written; which addresses it has is no secret to those let in.
        "api:openapi-json": _line(dict.fromkeys(METHODS, FINE), EVERYONE),
        "api:list_areas": page(CONTENT, knows=EVERYONE),
        "api:borders": page(CONTENT, knows=EVERYONE),
        "api:list_places": page(CONTENT, knows=EVERYONE),
        "api:one_area": page(CONTENT, knows=EVERYONE),
        "api:situation": page(CONTENT, knows=EVERYONE),
        "api:list_reports": page(REPORTERS, knows=EVERYONE),
        "api:one_report": page(HARRIETS, knows=EVERYONE, note=OWN_REPORT),
        "api:list_indicators": page(CONTENT, knows=EVERYONE),
        "api:one_indicator": page(CONTENT, knows=EVERYONE),
        "api:list_pictures": page(CONTENT, knows=EVERYONE),
        "api:one_picture": page(CONTENT, knows=EVERYONE),
        "api:list_agreements": page(CONTENT, knows=EVERYONE),
        "api:network": page(CONTENT, knows=EVERYONE),
        "api:council": page(CONTENT, knows=EVERYONE),
        "api:offices": page(CONTENT, knows=EVERYONE),
        "api:list_efforts": page(CONTENT, knows=EVERYONE),
        "api:list_assignments": page(CONTENT, knows=EVERYONE),
        "api:list_weeks": page(CONTENT, knows=EVERYONE),
        "api:one_week": page(CONTENT, knows=EVERYONE),
        "api:list_actions": page(CONTENT, knows=EVERYONE),
        # Addresses that lead nowhere, for whoever asks.
        "api:api-root": _line(dict.fromkeys(METHODS, MISSING), EVERYONE, note="leads nowhere"),
        "unknown": _line(dict.fromkeys(METHODS, MISSING), EVERYONE, note="leads nowhere"),
    }
)


def named(name: str) -> Line:
    """Return the line of an address."""
    return OPEN[name] if name in OPEN else MATRIX[name]


def asked_forms(name: str) -> Iterator[str]:
    """Yield each form that an address is asked for in; "" where it has but one."""
    yield from named(name).forms or ("",)


# What the columns of the page are called; each of the cast plays one role.
ROLES = {
    "amina": "co-ordinator", "leo": "analyst", "otto": "operative co-ordinator",
    "harriet": "housing company", "civil": "civil society", "vera": "safety host",
    "farid": "field worker", "pelle": "police liaison", "sonja": "social services",
    "planka": "planner", "ekon": "controller", "kerstin": "chair", "drift": "IT operations",
}  # fmt: skip
GROUPS = {
    WORLD: "everyone, without an account too",
    EVERYONE: "all with a role",
    CONTENT: "all with a role but IT operations",
    REPORTERS: "all with a role but IT operations and chair",
}


def people(who: frozenset[str]) -> str:
    """Return a set of the cast in words, the roles in the order of the table of roles."""
    return GROUPS.get(who) or ", ".join(role for name, role in ROLES.items() if name in who)


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Yield each address, method and form as the page shows it: who may, and what is meant."""
    from tests.web.addresses import addresses

    for address in addresses():
        if address.name in LOGIN:
            continue
        line = named(address.name)
        for who in dict.fromkeys(line.may.values()):
            methods = ", ".join(method for method in line.may if line.may[method] == who)
            for shown in dict.fromkeys(line.forms.values()) or [who]:
                forms = ", ".join(form for form, whose in line.forms.items() if whose == shown)
                yield (f"`{address.route}`", methods, people(who & shown), forms or line.note)


PAGE = Path(__file__).parents[2] / "docs/reference/access.md"
BEGINS, ENDS = "<!-- every address, written by tests.web.matrix -->", "<!-- so far -->"


def written(page: str) -> str:
    """Return the page of the documentation with the table as it is now."""
    before, _old, rest = page.partition(BEGINS)
    _old, _mark, after = rest.partition(ENDS)
    lines = [("address", "methods", "who", "forms, or what is asked for"), ("---",) * 4, *rows()]
    table = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"{before}{BEGINS}\n\n{table}\n\n{ENDS}{after}"


def main() -> None:
    """Write the table into the page of the documentation."""
    import shutil

    import django
    from tests import installation

    folder = installation.prepare()
    try:
        django.setup()
        PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
