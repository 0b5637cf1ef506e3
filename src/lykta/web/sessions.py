"""How long a login holds: it ends when it has been left alone, and at the latest after a day."""

from datetime import UTC, datetime, timedelta

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from lykta.infrastructure.access import Request
from lykta.infrastructure.accounts import sessions
from lykta.infrastructure.accounts.models import Account
from lykta.web.devices import device_of
from lykta.web.middleware import Respond

STARTED, SEEN = "started_at", "seen_at"
_API = "/api/"
# That someone is there is written down no more often, so that a page that is read writes little.
_EVERY = timedelta(minutes=5)


class SessionsMiddleware:
    """Keeps account of the logins, and ends those that are over."""

    def __init__(self, respond: Respond) -> None:
        self.respond = respond

    def __call__(self, request: Request) -> HttpResponseBase:
        """Log out the one whose login is over, and note that the others are here."""
        if request.user.is_authenticated:
            _follow(request, request.user, timezone.now())
        return self.respond(request)


def _follow(request: Request, account: Account, now: datetime) -> None:
    session = request.session
    key = str(session.session_key)
    if STARTED not in session:
        session[STARTED] = session[SEEN] = now.timestamp()
        device = device_of(request.headers.get("User-Agent", ""))
        sessions.begin(account.pk, key, device=device, now=now)
        return
    started, seen = (datetime.fromtimestamp(session[key], UTC) for key in (STARTED, SEEN))
    if sessions.is_over(started_at=started, last_seen_at=seen, now=now):
        logout(request)
        if not request.path.startswith(_API):
            messages.info(request, _("Du har loggats ut eftersom tiden gick ut. Logga in igen."))
    elif now - seen > _EVERY:
        session[SEEN] = now.timestamp()
        sessions.see(key, now=now)
