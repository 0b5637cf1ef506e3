"""Writing the offices of 9–13 §§: each note is a new row, and puts right or takes back another."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType

from django.db import transaction
from django.utils.translation import gettext as _

from lykta.domain.partners import rules
from lykta.domain.partners.models import (
    Assignment,
    CoordinationFunction,
    CouncilMember,
    Effort,
    LeadBody,
    Noted,
    StrategicCouncil,
)
from lykta.domain.partners.rules import EffortOutcome
from lykta.domain.partners.services.memberships import EndBeforeStart
from lykta.domain.partners.services.screening import check_contact, check_words
from lykta.infrastructure.access import Reach, require
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class AlreadyReplaced(LyktaError):
    """The row has been put right or taken back by another."""

    code = "entry-replaced"


class NoDecision(LyktaError):
    """A committee leads only by a decision of the municipal council."""

    code = "decision-missing"


@dataclass(frozen=True, slots=True)
class CouncilTerms:
    """What the council is called from a day on, and which organisation leads it."""

    local_name: str
    chair_id: int
    starts_on: date
    is_ended: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """An organisation's seat in the council."""

    organisation_id: int
    title: str
    is_leading: bool
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class FunctionTerms:
    """The post that co-ordinates from a day on."""

    title: str
    full_time_equivalents: Decimal
    contact: str
    starts_on: date
    is_ended: bool = False


@dataclass(frozen=True, slots=True)
class LeadTerms:
    """Which body leads from a day on, and by which decision."""

    is_executive_board: bool
    starts_on: date
    name: str = ""
    registry_number: str = ""
    paragraph: str = ""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What was done a day to reach an agreement."""

    day: date
    organisation_id: int
    text: str
    outcome: EffortOutcome
    registry_number: str = ""


@dataclass(frozen=True, slots=True)
class Mandate:
    """An assignment from a day on; the root says which one is passed on."""

    title: str
    given_by_id: int
    held_by_id: int
    decided_by: str
    starts_on: date
    mandate: str = ""
    registry_number: str = ""
    paragraph: str = ""
    ends_on: date | None = None
    root_id: int | None = None


Said = CouncilTerms | Seat | FunctionTerms | LeadTerms | Attempt | Mandate
_TABLES: Mapping[type[Said], type[Noted]] = MappingProxyType(
    {
        CouncilTerms: StrategicCouncil,
        Seat: CouncilMember,
        FunctionTerms: CoordinationFunction,
        LeadTerms: LeadBody,
        Attempt: Effort,
        Mandate: Assignment,
    }
)
# Looked through for what tells of persons; numbers of the registry have a form of their own.
_WORDS = ("local_name", "title", "name", "text", "mandate", "decided_by")


@transaction.atomic
def note(reach: Reach, said: Said, *, now: datetime, replaces: Noted | None = None) -> Noted:
    """Return what was said as a new row, in the place of another where one was wrong."""
    require(reach, rules.CHANGE_COOPERATION)
    values = _checked(said)
    if isinstance(replaces, Assignment):
        values["root_id"] = replaces.chain
    return _written(reach, _TABLES[type(said)](**values), replaces, now=now)


@transaction.atomic
def withdraw(reach: Reach, row: Noted, *, now: datetime) -> Noted:
    """Return a new row that says that another was wrong; both are kept."""
    require(reach, rules.CHANGE_COOPERATION)
    own = {field.name for field in Noted._meta.get_fields()} | {"id"}
    columns = [field for field in row._meta.concrete_fields if field.name not in own]
    values = {column.attname: getattr(row, column.attname) for column in columns}
    return _written(reach, type(row)(**values, is_void=True), row, now=now)


def _written(reach: Reach, new: Noted, replaces: Noted | None, *, now: datetime) -> Noted:
    table = type(new)
    if replaces is not None:
        table.objects.select_for_update().get(pk=replaces.pk)
        if not table.objects.standing().filter(pk=replaces.pk).exists():
            raise AlreadyReplaced(_("Raden är redan rättad eller tillbakatagen. Öppna sidan igen."))
    new.replaces, new.recorded_at, new.recorded_by_id = replaces, now, reach.user
    new.save()
    act = "withdrawn" if new.is_void else "corrected" if replaces else "noted"
    audit.record(f"{table._meta.model_name}.{act}", actor=reach.user, subject=new)
    return new


def _checked(said: Said) -> dict[str, object]:
    """Return what is said, without spaces around it; raise where it must not be kept."""
    values = {field.name: getattr(said, field.name) for field in fields(said)}
    values = {key: v.strip() if type(v) is str else v for key, v in values.items()}
    check_words(*(values[key] for key in _WORDS if values.get(key)))
    if isinstance(said, FunctionTerms):
        check_contact(said.contact)
    if isinstance(said, Seat | Mandate) and said.ends_on and said.ends_on < said.starts_on:
        raise EndBeforeStart(_("Sista dagen ligger före den första. Rätta datumen."))
    if isinstance(said, LeadTerms) and not said.is_executive_board:
        _check_is_decided(said)
    return values


def _check_is_decided(said: LeadTerms) -> None:
    if not said.name.strip():
        raise NoDecision(_("Skriv vad nämnden heter."))
    if not said.registry_number.strip():
        raise NoDecision(
            _("Ange diarienumret för fullmäktiges beslut. Det krävs när en annan nämnd än "
              "kommunstyrelsen leder arbetet (13 §).")
        )  # fmt: skip
