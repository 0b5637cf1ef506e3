"""A municipality made up for the tests, so that the settings can be read before any test."""

import os
import tempfile
from pathlib import Path

NAME = "Exempelby kommun"
CODE = "9999"
TOML = f"""\
[municipality]
name = "{NAME}"
short_name = "Exempelby"
code = "{CODE}"

[texts]
welcome = "Välkommen till Exempelbys gemensamma arbete."
"""


def prepare() -> Path:
    """Return a new folder of an installation, named in the environment."""
    folder = Path(tempfile.mkdtemp(prefix="lykta-test-"))
    (folder / "kommun.toml").write_text(TOML, encoding="utf-8")
    (folder / "static").mkdir()
    os.environ["LYKTA_DIR"] = str(folder)
    os.environ["LYKTA_SECRET_KEY"] = "only-for-tests"
    os.environ["DJANGO_SETTINGS_MODULE"] = "lykta.project.settings"
    return folder
