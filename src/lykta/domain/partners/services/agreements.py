"""Writing agreements: drafted, signed, ended; what is signed is never changed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lykta.domain.partners import rules
from lykta.domain.partners.models import Agreement, JointWork, Organisation
from lykta.domain.partners.rules import AgreementKind, JointWorkKind, Standing
from lykta.domain.partners.services.memberships import EndBeforeStart
from lykta.domain.partners.services.screening import check_words
from lykta.infrastructure.access import Reach, Refused, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class NotToBeSigned(LyktaError):
    """The agreement lacks what the law or its form demands."""

    code = "agreement-incomplete"


class AlreadySigned(LyktaError):
    """What is signed is not changed."""

    code = "agreement-signed"


class NotInForce(LyktaError):
    """The agreement does not hold."""

    code = "agreement-not-in-force"


@dataclass(frozen=True, slots=True)
class Terms:
    """What an agreement says."""

    title: str
    starts_on: date
    kind: AgreementKind = AgreementKind.GENERAL
    parties: Collection[int] = ()
    purposes: str = ""
    is_everywhere: bool = False
    areas: Collection[int] = ()
    sharing: str = ""
    working: str = ""
    registry_number: str = ""
    gives_access: bool = True
    ends_on: date | None = None
    replaces: int | None = None


@transaction.atomic
def draft_agreement(reach: Reach, terms: Terms, *, now: datetime) -> Agreement:
    """Return a new draft, that gives nobody anything."""
    require(reach, rules.CHANGE_COOPERATION)
    row = _filled(Agreement(), terms, now=now)
    audit.record("agreement.drafted", actor=reach.user, subject=row)
    return row


@transaction.atomic
def change_draft(reach: Reach, agreement: Agreement, terms: Terms, *, now: datetime) -> Agreement:
    """Change a draft; what is signed is replaced by another instead."""
    require(reach, rules.CHANGE_COOPERATION)
    row = _locked(agreement)
    if row.signed_on:
        raise AlreadySigned(_("Överenskommelsen är undertecknad. Skriv en ny som ersätter den."))
    _filled(row, terms, now=now)
    audit.record("agreement.changed", actor=reach.user, subject=row)
    return row


@transaction.atomic
def sign_agreement(
    reach: Reach, agreement: Agreement, *, signed_on: date, now: datetime
) -> Agreement:
    """Note that all parties have signed; from its first day on it opens what it gives."""
    require(reach, rules.CHANGE_COOPERATION)
    row = _locked(agreement)
    if row.signed_on:
        raise AlreadySigned(_("Överenskommelsen är redan undertecknad."))
    if lacking := what_is_lacking(row):
        raise NotToBeSigned(" ".join(lacking))
    row.signed_on, row.changed_at = signed_on, now
    row.save(update_fields=["signed_on", "changed_at"])
    audit.record("agreement.signed", actor=reach.user, subject=row, on=str(signed_on))
    return row


@transaction.atomic
def end_agreement(
    reach: Reach, agreement: Agreement, *, reason: str, today: date, now: datetime
) -> Agreement:
    """End an agreement before its time: what it opened is closed at once."""
    require(reach, rules.CHANGE_COOPERATION)
    check_words(reason)
    row = _locked(agreement)
    if row.standing(today) not in (Standing.IN_FORCE, Standing.COMING):
        raise NotInForce(_("Överenskommelsen gäller inte. Det finns inget att avsluta."))
    row.ended_on, row.end_reason, row.changed_at = today, reason.strip(), now
    row.save(update_fields=["ended_on", "end_reason", "changed_at"])
    audit.record("agreement.ended", actor=reach.user, subject=row, on=str(today))
    return row


@transaction.atomic
def record_joint_work(
    reach: Reach, agreement: Agreement, *, organisation: int, kind: JointWorkKind,
    quarter: date, n: int, today: date, now: datetime,
) -> JointWork:  # fmt: skip
    """Note how much was done together in a quarter; of two notes of the same the later holds."""
    if organisation not in reach.organisations(rules.RECORD_JOINT_WORK):
        raise Refused
    if agreement.standing(min(today, rules.quarter_end(quarter))) is not Standing.IN_FORCE:
        raise NotInForce(_("Överenskommelsen gällde inte det kvartalet. Välj ett annat."))
    row = JointWork.objects.create(
        agreement=agreement,
        organisation_id=organisation,
        kind=kind,
        quarter=quarter,
        n=n,
        recorded_at=now,
        recorded_by_id=reach.user,
    )
    audit.record("joint_work.recorded", actor=reach.user, subject=agreement, kind=kind)
    return row


def what_is_lacking(row: Agreement) -> list[str]:
    """Return, in sentences, what an agreement lacks before it can be signed (9 §)."""
    kinds = set(row.parties.values_list("kind", flat=True))
    said = (
        (not row.purpose_list, _("Ange minst ett syfte.")),
        (not (row.is_everywhere or row.areas.exists()), _("Ange var den gäller.")),
        (not kinds, _("Välj minst en part utöver kommunen.")),
        (row.kind != AgreementKind.GENERAL and rules.OrganisationKind.POLICE not in kinds,
         _("Polisen ska vara part.")),
        (row.kind == AgreementKind.EARLY_SUPPORT and not row.sharing.strip(),
         _("Skriv vad parterna får berätta för varandra, och med vilket stöd i lag.")),
        (row.kind == AgreementKind.EARLY_SUPPORT and not row.working.strip(),
         _("Skriv hur parterna arbetar för att fånga upp tidigt.")),
    )  # fmt: skip
    return [sentence for is_lacking, sentence in said if is_lacking]


def _filled(row: Agreement, terms: Terms, *, now: datetime) -> Agreement:
    check_words(terms.title, terms.purposes, terms.sharing, terms.working)
    if terms.ends_on and terms.ends_on < terms.starts_on:
        raise EndBeforeStart(_("Sista dagen ligger före den första. Rätta datumen."))
    for name in ("title", "purposes", "sharing", "working", "registry_number"):
        setattr(row, name, getattr(terms, name).strip())
    row.kind, row.is_everywhere = terms.kind, terms.is_everywhere
    row.gives_access, row.replaces_id = terms.gives_access, terms.replaces
    row.starts_on, row.ends_on, row.changed_at = terms.starts_on, terms.ends_on, now
    row.save()
    row.parties.set(Organisation.objects.filter(pk__in=terms.parties))
    row.areas.set(() if terms.is_everywhere else terms.areas)
    return row


def _locked(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_for_update().get(pk=agreement.pk)
