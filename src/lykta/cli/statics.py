"""The files that every page uses: gathered in the installation's folder when they are others."""

import hashlib

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from lykta import __version__


def refresh() -> bool:
    """Gather the pages' files unless it has been done of the same ones; return whether it was."""
    file, now = settings.LYKTA_DIR / "static-version", _fingerprint()
    if file.exists() and file.read_text(encoding="utf-8") == now:
        return False
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    file.write_text(now, encoding="utf-8")
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256(__version__.encode())
    for finder in get_finders():
        for path, store in finder.list([]):
            said = f"{path} {store.size(path)} {store.get_modified_time(path).timestamp()}\n"
            digest.update(said.encode())
    return digest.hexdigest()
