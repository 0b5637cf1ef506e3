"""Compile the Swedish words of the command line, from .po to the .mo that gettext reads."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

WORDS = Path("src/lykta/cli/locale/sv/LC_MESSAGES/messages.po")


def main() -> None:
    """Write messages.mo beside messages.po."""
    with WORDS.open("rb") as source:
        catalogue = read_po(source, locale="sv")
    with WORDS.with_suffix(".mo").open("wb") as target:
        write_mo(target, catalogue)


if __name__ == "__main__":
    main()
