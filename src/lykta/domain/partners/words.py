"""What a role may see and do, and what is missing by law, in sentences."""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners.rules import MATRIX, Extent, Lack, Role, Subject

_SENTENCES: dict[Subject, dict[Extent, Promise]] = {
    Subject.OWN_REPORTS: {
        Extent.ALL: _("Du kan rapportera och läsa alla rapporter i sin helhet."),
        Extent.WRITE: _("Du kan rapportera och läsa din egen organisations rapporter."),
    },
    Subject.OTHERS_REPORTS: {
        Extent.ALL: _("Du ser vad som har hänt, var och när i hela kommunen, vem som än "
                      "rapporterade."),
        Extent.OWN_AREAS: _("Du ser vad som har hänt, var och när i dina områden, vem som än "
                            "rapporterade."),
        Extent.COUNTS: _("Du ser hur många händelser det har varit, inte enskilda rapporter."),
    },
    Subject.DESCRIPTIONS: {
        Extent.ALL: _("Du kan läsa andras beskrivningar och se deras bilder."),
        Extent.NONE: _("Du ser aldrig andra organisationers beskrivningar eller bilder."),
    },
    Subject.INBOX: {
        Extent.ALL: _("Du sorterar och besvarar det som kommer in."),
        Extent.OWN: _("Du besvarar det som fördelas till din organisation."),
    },
    Subject.PLAN: {
        Extent.WRITE: _("Du håller veckans möte och skriver problem, åtgärder och plan."),
        Extent.EVALUATE: _("Du läser problem, åtgärder och plan och skriver utvärderingar."),
        Extent.OWN_WRITE: _("Du läser problem, åtgärder och plan och redovisar dina egna "
                            "åtgärder."),
        Extent.READ: _("Du läser problem, åtgärder och plan."),
    },
    Subject.ADMINISTRATION: {
        Extent.MEMBERSHIPS: _("Du bestämmer vilka som är med, och vilka kategorier som finns."),
        Extent.OWN_MEMBERS: _("Du kan bjuda in fler från din egen organisation."),
        Extent.ACCOUNTS: _("Du sköter konton, inställningar och säkerhetskopior. Du ser inget "
                           "av innehållet."),
    },
}  # fmt: skip


def sentences_of(role: Role | str) -> list[str]:
    """Return what a role may see and do, the most important first."""
    return list(_said(Role(role)))


def _said(role: Role) -> Iterator[str]:
    for subject, extent in MATRIX[role].items():
        sees_reports = MATRIX[role][Subject.OTHERS_REPORTS] is not Extent.NONE
        if subject is Subject.DESCRIPTIONS and not sees_reports:
            continue
        if sentence := _SENTENCES.get(subject, {}).get(extent):
            yield str(sentence)


LACKING: dict[Lack, Promise] = {
    Lack.FUNCTION: _("Samordningsfunktion saknas (11 §)."),
    Lack.LEAD_BODY: _("Det står inte vilken nämnd som leder arbetet (13 §)."),
    Lack.COUNCIL: _("Strategiskt råd saknas (10 §)."),
    Lack.LEADERSHIP: _("Det strategiska rådet leds inte av kommunen (10 §)."),
    Lack.LEADERS: _("Någon i rådet företräds inte av en person i ledande ställning (10 §)."),
    Lack.MEETINGS: _("Rådet har inte mötts två gånger på tolv månader."),
    Lack.POLICE: _("Det finns ingen överenskommelse med polisen, och ingen insats för en på tolv "
                   "månader (9 §)."),
}  # fmt: skip
# The page of each, by the name of its address.
LACKING_PAGES: dict[Lack, str] = {
    Lack.FUNCTION: "function",
    Lack.LEAD_BODY: "lead-body",
    **dict.fromkeys((Lack.COUNCIL, Lack.LEADERSHIP, Lack.LEADERS, Lack.MEETINGS), "council"),
    Lack.POLICE: "efforts",
}
