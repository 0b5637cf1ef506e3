"""How the demo deals with what comes in: who gets what, how soon it is answered, and with what."""

from lykta.domain.events import selectors as events
from lykta.domain.events import services
from lykta.domain.partners import services as partners
from lykta.domain.partners.rules import OrganisationKind
from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.accounts.models import Account

COMPANY, ASSOCIATION = "Bostadsbolaget Exempel", "Demosamverkan"
OURS = "Samordningsfunktionen"
# Kind ("" for all), first and last hour (None for any), organisation, account. The last never
# decides, because of the one before it: the page says so.
RULES = (
    ("GLASS", None, None, ASSOCIATION, "otto"),
    ("DAMAGE", None, None, COMPANY, "harriet"),
    ("LITTER", None, None, COMPANY, None),
    ("DISORDER", 20, 6, ASSOCIATION, None),
    ("PLACE_UNSAFE", None, None, OURS, None),
    ("DARK", None, None, COMPANY, None),
)
# Working days within which whoever reported is answered, where it is not five.
DAYS = {"WEAPON_SEEN": 1, "STAFF_INCIDENT": 1, "GATHERING_UNSAFE": 2, "DARK": 3, "GRAFFITI": 3}
ANSWERS = (
    (
        "Tack, vi känner till det",
        "",
        "Tack. Det du skrev om {plats} räknas nu i veckans lägesbild.",
        "Thank you. What you told us about {plats} now counts in the weekly picture.",
    ),
    (
        "Klottret tas bort",
        "GRAFFITI",
        "Tack. Klottret vid {plats} tas bort inom tre arbetsdagar.",
        "Thank you. We remove graffiti at {plats} within three working days.",
    ),
    (
        "Lampan lagas",
        "DARK",
        "Tack. Belysningen vid {plats} är anmäld. Oftast lyser det igen inom en vecka.",
        "",
    ),
    (
        "Hör till någon annan",
        "",
        "Tack. Det du såg den {dag} är inte vårt att åtgärda. Vi har sagt det till den som kan.",
        "",
    ),
)


def fill() -> int:
    """Add the rules, deadlines and answers, unless there are rules; return how many rules."""
    if events.routing_rules():
        return 0
    kinds = {kind.code: kind for kind in events.choosable()}
    for code, days in DAYS.items():
        services.change_category(SYSTEM, kinds[code], name=kinds[code].name, answer_days=days)
    for order, (name, code, text, text_en) in enumerate(ANSWERS, start=1):
        services.save_template(
            SYSTEM, name=name, category=kinds.get(code), text=text, text_en=text_en, order=order
        )
    for code, first, last, organisation, account in RULES:
        services.add_rule(
            SYSTEM,
            category=kinds.get(code),
            first_minute=None if first is None else first * 60,
            last_minute=None if last is None else last * 60,
            organisation=partners.organisation_named(
                SYSTEM, organisation, kind=OrganisationKind.OTHER
            ),
            account=Account.objects.filter(email=f"{account}@demo.example").first(),
        )
    return len(RULES)
