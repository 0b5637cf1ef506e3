"""How long it is kept who may log in, and that someone has."""

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.db.models import CharField, OuterRef, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext_lazy as _

from lykta.infrastructure.accounts.models import Account, Attempt, SignIn
from lykta.infrastructure.audit.models import Entry
from lykta.infrastructure.retention.datasets import Dataset, Field

NO_NAME = "Borttaget konto"
_NOWHERE = "@borttaget.invalid"
_changed = Entry.objects.filter(
    action="account.changed",
    subject="accounts.account",
    subject_id=Cast(OuterRef("pk"), CharField()),
).order_by("-number")


def _forget(accounts: Sequence[Account]) -> None:
    """Take the name and the address from accounts; their numbers stay in the log."""
    EmailAddress.objects.filter(user__in=accounts).delete()
    Authenticator.objects.filter(user__in=accounts).delete()
    SignIn.objects.filter(account__in=accounts).delete()
    SocialAccount.objects.filter(user__in=accounts).delete()
    for account in accounts:
        account.name, account.email = NO_NAME, f"{account.pk}{_NOWHERE}"
        account.password, account.last_login = make_password(None), None
        account.save()


ACCOUNTS = Dataset(
    name=_("Konton"),
    fields={
        "names": Field(
            name=_("namn och e-postadress på den vars konto är stängt"),
            counted_from="kontot stängdes eller senast ändrades",
            keep_days=730,
            why="Så länge kan någon behöva fråga vem som gjorde vad. Kontots nummer står kvar.",
            rows=lambda: Account.objects.filter(is_active=False).exclude(email__endswith=_NOWHERE),
            moment=Coalesce(Subquery(_changed.values("at")[:1]), "created_at"),
            erase=_forget,
        )
    },
    also=(
        EmailAddress._meta.db_table,
        Authenticator._meta.db_table,
        SocialAccount._meta.db_table,
    ),
)
SESSIONS = Dataset(
    name=_("Inloggningar"),
    fields={
        "sessions": Field(
            name=_("att ett konto var inloggat"),
            counted_from="inloggningen slutade gälla",
            keep_days=1,
            why="Behövs inte när den har slutat gälla. Att någon loggade in står i loggen.",
            rows=lambda: Session.objects.all(),
            moment="expire_date",
        ),
        "devices": Field(
            name=_("på vilken enhet ett konto var inloggat, sedan när och senast när"),
            counted_from="kontot senast sågs på enheten",
            keep_days=1,
            why="Behövs bara medan inloggningen gäller, så att ägaren kan se och avsluta den.",
            rows=lambda: SignIn.objects.all(),
            moment="last_seen_at",
        ),
        "attempts": Field(
            name=_("ip-adresser som har försökt logga in"),
            counted_from="spärren mot många försök slutade gälla",
            keep_days=0,
            why="Behövs bara i några minuter, mot den som gissar lösenord.",
            rows=lambda: Attempt.objects.all(),
            moment="expires",
        ),
    },
)
