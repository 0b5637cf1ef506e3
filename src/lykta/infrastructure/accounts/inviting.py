"""Sending an invitation to the owner of an account, so that nobody else sees it."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from lykta.infrastructure.accounts.models import Account

_LOG = logging.getLogger(__name__)


def may_send() -> bool:
    """Return whether lykta has a server that it hands mail to."""
    return bool(settings.EMAIL_HOST)


def send(account: Account, url: str) -> bool:
    """Send the owner the address where she chooses a password; return whether it went."""
    with translation.override(account.language):
        mail = EmailMessage(
            subject=_("Välj ett lösenord till lykta"),
            body=_(
                "Hej!\n\nDu har ett konto i lykta, {municipality}. Välj ett lösenord här:\n\n"
                "{url}\n\nLänken kan användas en gång och gäller i sju dagar. Har du inte väntat "
                "på det här brevet kan du bortse från det.\n"
            ).format(municipality=settings.INSTALLATION.name, url=url),
            to=[account.email],
        )
    try:
        mail.send()
    except OSError as error:  # smtplib's own are such too
        _LOG.warning("an invitation was not sent: %s", type(error).__name__)
        return False
    return True
