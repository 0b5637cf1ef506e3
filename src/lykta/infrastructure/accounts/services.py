"""Making accounts, and letting their owners choose a password."""

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.audit import services as audit
from lykta.infrastructure.errors import LyktaError


class AddressTaken(LyktaError):
    """An account with that address exists."""

    code = "address-taken"


class WeakPassword(LyktaError):
    """The password is too easy to guess."""

    code = "weak-password"


@transaction.atomic
def create(*, email: str, name: str, by: int | None, is_demo: bool = False) -> Account:
    """Return a new account without a password; its owner chooses one by the invitation."""
    if Account.objects.filter(email__iexact=email.strip()).exists():
        raise AddressTaken(_("Det finns redan ett konto med den adressen. Använd det."))
    account = Account.objects.create_user(email, name=name.strip(), is_demo=is_demo)
    audit.record("account.created", actor=by, subject=account)
    return account


@transaction.atomic
def change(account: Account, *, name: str, is_active: bool, by: int | None) -> Account:
    """Change the name of an account, and whether it may be used."""
    differs = [
        field
        for field, value in (("name", name), ("is_active", is_active))
        if getattr(account, field) != value
    ]
    account.name, account.is_active = name, is_active
    account.save()
    audit.record("account.changed", actor=by, subject=account, fields=differs)
    return account


@transaction.atomic
def choose_language(account: Account, language: str) -> None:
    """Remember which language an account reads."""
    account.language = language
    account.save(update_fields=["language"])


@transaction.atomic
def choose_password(account: Account, password: str) -> None:
    """Let the owner of an account choose its password; raise where it is too easy to guess."""
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
    account.set_password(password)
    account.save()
    audit.record("account.password_chosen", actor=account.pk, subject=account)


@transaction.atomic
def invite(account: Account, *, by: int | None) -> str:
    """Return the path of a page where the owner chooses a password; it can be used once."""
    audit.record("account.invited", actor=by, subject=account)
    key = urlsafe_base64_encode(force_bytes(account.pk))
    token = default_token_generator.make_token(account)
    return reverse("choose-password", args=[key, token])
