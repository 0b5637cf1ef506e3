"""What the environment says: each setting is read here, and nowhere else."""

import os
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lykta.infrastructure.errors import LyktaError


class MissingSetting(LyktaError):
    """A setting without which nothing can start is not there."""

    code = "missing-setting"


class BadMailServer(LyktaError):
    """What is said of the mail server cannot be used."""

    code = "bad-mail-server"


class BadSignOn(LyktaError):
    """What is said of the municipality's own login cannot be used."""

    code = "bad-sign-on"


_HERE = ("localhost", "127.0.0.1", "::1")
# The schemes of LYKTA_SMTP_URL, each with the port that is usual for it.
_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over, and whom they say they come from; no host: nowhere."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    is_starttls: bool = False
    is_tls: bool = False
    sender: str = ""


@dataclass(frozen=True, slots=True)
class SignOn:
    """The municipality's own login, with OpenID Connect; no issuer: there is none."""

    issuer: str = ""
    client_id: str = ""
    client_secret: str = ""
    name: str = ""
    groups: str = ""  # the claim that tells of them
    is_trusted_with_addresses: bool = False  # though it does not say that it has verified them


def folder() -> Path:
    """Return the folder that holds what this installation owns."""
    return Path(os.environ.get("LYKTA_DIR", "lykta-data")).resolve()


def secret_key(home: Path) -> str:
    """Return the key that sessions and links are signed with, from the environment or its file."""
    if value := os.environ.get("LYKTA_SECRET_KEY"):
        return value
    file = home / "secret-key"
    if file.is_file():
        return file.read_text(encoding="utf-8").strip()
    raise MissingSetting(
        f"Nyckeln saknas: ”{file}” finns inte och LYKTA_SECRET_KEY är inte satt. "
        "Kör lykta setup först, eller ange rätt mapp i LYKTA_DIR."
    )


def database_url(home: Path) -> str:
    """Return where the database is: a file in the folder, unless another place is given."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{home / 'lykta.sqlite3'}"


def hosts() -> list[str]:
    """Return the names under which the pages may be asked for."""
    return os.environ.get("LYKTA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")


def is_https() -> bool:
    """Return whether the pages are served over HTTPS, so that cookies may demand it."""
    return os.environ.get("LYKTA_HTTPS", "") == "1"


def worker_count() -> int:
    """Return how many processes do the work that waits."""
    return int(os.environ.get("LYKTA_WORKERS", "1"))


def import_batch() -> int:
    """Return how many rows of an import are written in each transaction."""
    return int(os.environ.get("LYKTA_IMPORT_BATCH", "2000"))


def mail_server() -> MailServer:
    """Return where mails are handed over, of LYKTA_SMTP_URL and LYKTA_MAIL_FROM."""
    said, sender = os.environ.get("LYKTA_SMTP_URL", ""), os.environ.get("LYKTA_MAIL_FROM", "")
    if not said:
        return MailServer()
    try:
        url = urlsplit(said)
        host, port = url.hostname, url.port or _MAIL_PORTS[url.scheme]
        user, password = unquote(url.username or ""), unquote(url.password or "")
    except (ValueError, KeyError):
        host = None
    # The address may hold a password, so it is not quoted. Python's smtplib logs in in ASCII.
    if not host or not (user + password).isascii():
        raise BadMailServer(
            "LYKTA_SMTP_URL går inte att förstå. Skriv smtp+tls://användare:lösenord@server:587, "
            "med @ och / i lösenordet skrivna som %40 och %2F, och utan å, ä och ö."
        )
    if "@" not in parseaddr(sender)[1]:
        raise BadMailServer(
            "LYKTA_MAIL_FROM saknas eller är ingen e-postadress. Ange den adress som brev från "
            "lykta ska komma från, till exempel lykta@exempelby.example."
        )
    return MailServer(
        host=host,
        port=port,
        user=user,
        password=password,
        is_starttls=url.scheme == "smtp+tls",
        is_tls=url.scheme == "smtps",
        sender=sender,
    )


def sign_on() -> SignOn:
    """Return the municipality's own login, of the variables that begin with LYKTA_OIDC_."""
    said = {
        name: os.environ.get(f"LYKTA_OIDC_{name}", "").strip()
        for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET", "NAME", "GROUPS", "TRUST_EMAIL")
    }
    if not said["ISSUER"]:
        return SignOn()
    url = urlsplit(said["ISSUER"])
    if not url.hostname or (url.scheme != "https" and url.hostname not in _HERE):
        raise BadSignOn(
            "LYKTA_OIDC_ISSUER ska vara adressen till kommunens inloggning och börja på https://."
        )
    if not said["CLIENT_ID"] or not said["CLIENT_SECRET"]:
        raise BadSignOn(
            "LYKTA_OIDC_CLIENT_ID och LYKTA_OIDC_CLIENT_SECRET ska finnas när LYKTA_OIDC_ISSUER "
            "gör det. Kommunens inloggning ger dem när lykta läggs upp där."
        )
    return SignOn(
        issuer=said["ISSUER"].rstrip("/"),
        client_id=said["CLIENT_ID"],
        client_secret=said["CLIENT_SECRET"],
        name=said["NAME"] or "kommunens inloggning",
        groups=said["GROUPS"],
        is_trusted_with_addresses=said["TRUST_EMAIL"] == "1",
    )
