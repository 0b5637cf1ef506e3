"""Gathers every Swedish text of the pages, keeps their English, and compiles the catalogue.

Swedish is the source: what stands in templates and code is the key. Run by `make assets`; a text
without English is left empty, and a test names it.
"""

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/lykta"
TARGET = SOURCE / "web/locale/en/LC_MESSAGES/django.po"
# As Django's own functions are called in the house.
_CALLS = {"_", "gettext", "gettext_lazy", "said"}
FIXED = datetime(2026, 11, 24, tzinfo=UTC)
Message = str | tuple[str, str]  # a text, or one for one and one for many


def messages() -> Iterator[tuple[Message, str]]:
    """Yield every text that is shown, and the file that it stands in."""
    for path in sorted(SOURCE.rglob("*.html")):
        where = path.relative_to(ROOT).as_posix()
        yield from ((message, where) for message in _in_template(path))
    for path in sorted(SOURCE.rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        yield from ((message, where) for message in _in_code(path))


def _in_code(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    if "django.utils.translation" not in text and "import Check, said" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        said = [str(each.value) for each in node.args if isinstance(each, ast.Constant)]
        name = getattr(node.func, "id", "")
        if name in _CALLS and said:
            yield said[0]
        elif name == "ngettext" and len(said) == 2:
            yield said[0], said[1]


def _in_template(path: Path) -> Iterator[Message]:
    from django.template import Template
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    nodes = Template(path.read_text(encoding="utf-8")).nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        # Django looks a percent sign in a template up as two.
        text = str(node.filter_expression.var.literal or node.filter_expression.var)
        yield text.replace("%", "%%")
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        one, _names = node.render_token_list(node.singular)
        many = node.render_token_list(node.plural)[0] if node.plural else ""
        yield (one, many) if many else one
    # Texts marked as _("…") in the arguments of other tags.
    for part in path.read_text(encoding="utf-8").split('_("')[1:]:
        yield part.split('")', 1)[0]


def catalogue() -> Catalog:
    """Return every text with the English that it has."""
    known = read_po(io.BytesIO(TARGET.read_bytes()), locale="en") if TARGET.exists() else Catalog()
    found = Catalog(
        locale="en",
        project="lykta",
        header_comment="# The English of the pages. Made by tools/assets/catalogue.py.",
        msgid_bugs_address="lykta",
        last_translator="lykta",
        language_team="lykta",
        charset="utf-8",
        creation_date=FIXED,  # so that the same texts give the same bytes
        revision_date=FIXED,
        fuzzy=False,
    )
    for message, where in messages():
        key = message[0] if isinstance(message, tuple) else message
        before = known.get(key)
        string = (
            before.string if before and before.pluralizable == isinstance(message, tuple) else None
        )
        places = [(where, 0)] if key not in found else [*found[key].locations, (where, 0)]
        found.add(message, string=string, locations=sorted(set(places)))
    return found


def compiled(found: Catalog) -> bytes:
    """Return the catalogue as the pages read it."""
    file = io.BytesIO()
    write_mo(file, found)
    return file.getvalue()


def main() -> None:
    """Write the catalogue anew, as text and compiled."""
    import django
    from tests import installation

    installation.prepare()
    django.setup()
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    found = catalogue()
    file = io.BytesIO()
    write_po(file, found, sort_output=True, omit_header=False, include_lineno=False, width=100)
    TARGET.write_bytes(file.getvalue())
    TARGET.with_suffix(".mo").write_bytes(compiled(found))


if __name__ == "__main__":
    main()
