"""The tables of decisions and actions."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from lykta.domain.meetings.models.meetings import Meeting
from lykta.domain.meetings.models.pictures import HOLD, READ
from lykta.domain.meetings.rules import (
    UNDER_WAY,
    ActionKind,
    ActionState,
    Priority,
    days_late,
)
from lykta.infrastructure.access import Reach

ACTION_KINDS = {
    ActionKind.PRESENCE: _("närvaro"),
    ActionKind.LIGHTING: _("belysning"),
    ActionKind.CLEAN_REPAIR: _("sanering, reparation"),
    ActionKind.DIALOGUE: _("samtal"),
    ActionKind.CONTROL: _("kontroll, tillsyn"),
    ActionKind.INFORMATION: _("information"),
    ActionKind.DESIGN: _("utformning av platsen"),
    ActionKind.ACTIVITY: _("aktivitet"),
    ActionKind.CAMERA_REVIEW: _("kameraöversyn"),
    ActionKind.OTHER: _("annat"),
}
ACTION_STATES = {
    ActionState.OPEN: _("inte påbörjad"),
    ActionState.DOING: _("pågår"),
    ActionState.DONE: _("klar"),
    ActionState.CANCELLED: _("avbruten"),
}
PRIORITIES = {
    Priority.HIGH: _("hög"),
    Priority.NORMAL: _("vanlig"),
    Priority.LOW: _("låg"),
}


class Decision(models.Model):
    """Beslut: what a meeting decided, about what; one whose text is wrong is taken back."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    text = models.CharField(max_length=300)
    priority = models.CharField(max_length=10, choices=PRIORITIES, default=Priority.NORMAL)
    # What it is about, by which the reports that led to it are known.
    area = models.ForeignKey("places.Area", models.PROTECT, null=True, related_name="+")
    category = models.ForeignKey("events.Category", models.PROTECT, null=True, related_name="+")
    # The reports that it is an answer to, as they were when the meeting was closed.
    reports = models.ManyToManyField("events.Report", related_name="+", blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """In the order they were made."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.text


class ActionQuerySet(models.QuerySet["Action"]):
    """Asks for actions."""

    def visible_to(self, reach: Reach) -> Self:
        """Return all actions to those who may read meetings: they were decided together."""
        return self if reach.is_system or reach.may(READ) or reach.may(HOLD) else self.none()

    def under_way(self) -> Self:
        """Return those that are not over, and whose decision stands."""
        return self.filter(state__in=sorted(UNDER_WAY), decision__withdrawn_at=None)


class Action(models.Model):
    """Åtgärd efter veckomöte: what someone is to have done by a day; its last step is kept here."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="action")
    kind = models.CharField(max_length=15, choices=ACTION_KINDS)
    organisation = models.ForeignKey("partners.Organisation", models.PROTECT, related_name="+")
    due = models.DateField()
    state = models.CharField(max_length=10, choices=ACTION_STATES, default=ActionState.OPEN)
    result = models.CharField(max_length=300, blank=True)
    done_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # when those who reported were told what was done
    effect_week = models.DateField()  # the Monday of the week in which it is asked if it helped
    effect = models.CharField(max_length=300, blank=True)  # what was seen then
    changed_at = models.DateTimeField()

    objects = ActionQuerySet.as_manager()

    class Meta:
        """What is due first, first."""

        ordering: ClassVar = ["due", "pk"]
        indexes: ClassVar = [models.Index("state", "due", name="action_by_state")]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.state}"

    @property
    def number(self) -> str:
        """Return what it is called: "A-214"."""
        return f"A-{self.pk}"

    def days_late(self, today: date) -> int:
        """Return how many days ago it should have been done; 0 where it is not late."""
        return days_late(self.state, self.due, today)


class ActionStep(models.Model):
    """Steg: what became of an action, when and by whom; rows are added, never changed."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=ACTION_STATES)
    due = models.DateField()
    result = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")

    class Meta:
        """In the order they were taken."""

        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.action_id} {self.state}"
