"""The tables of notices: that someone is told of something, never what it says."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lykta.infrastructure.notifications.kinds import Channel

CHANNELS = {
    Channel.AT_ONCE.value: _("e-post genast"),
    Channel.DIGEST.value: _("e-post en gång per arbetsdag"),
    Channel.ONLY_HERE.value: _("bara i lykta"),
}


class State(models.TextChoices):
    """How far a mail has come."""

    WAITING = "waiting"  # for its turn, or for another try
    SENT = "sent"
    WITHHELD = "withheld"  # nothing in it might be seen when it was to be sent
    GIVEN_UP = "given_up"


class Mail(models.Model):
    """Brev: one mail to one account, with one notice or those of a day."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    # Who takes a mail moves this forward, so that nobody else takes it before then.
    try_at = models.DateTimeField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=60, blank=True)  # why the last try failed

    class Meta:
        """The same mail is made once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "key"], name="one_mail_a_key")
        ]
        indexes: ClassVar = [models.Index(fields=["state", "try_at"], name="mail_in_line")]

    def __str__(self) -> str:
        return self.key


class Notice(models.Model):
    """Notis: an account is told of something; what it says is made when it is shown."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)  # a key of settings.NOTIFICATIONS
    subject = models.CharField(max_length=60)
    key = models.CharField(max_length=150)
    at = models.DateTimeField()
    channel = models.CharField(max_length=10, choices=CHANNELS)  # as chosen when it was made
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="notices")
    read_at = models.DateTimeField(null=True)
    withheld_at = models.DateTimeField(null=True)  # since when it may not be seen

    class Meta:
        """The same notice is given once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "key"], name="one_notice_a_key")
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-at"], name="notices_of_account"),
            models.Index(
                fields=["at"],
                name="notices_for_digest",
                condition=Q(channel="digest", mail__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class Choice(models.Model):
    """Val: how an account is told of a kind, where it is not the default."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)  # a key of settings.NOTIFICATIONS
    channel = models.CharField(max_length=10, choices=CHANNELS)

    class Meta:
        """One choice a kind."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "kind"], name="one_channel_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.channel}"


class CalendarAddress(models.Model):
    """Kalenderadress: a secret address where an account's calendar is read without logging in."""

    account = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, unique=True)  # of the secret, which is not kept
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id}"
