"""The settings for the type checker, of an installation made up for it."""

from tests import installation

installation.prepare()

from lykta.project.settings import *  # noqa: E402, F403 - the checker reads them by name
