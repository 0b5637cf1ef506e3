"""Gathers every Swedish text of the pages, keeps their English, and compiles the catalogue.

Swedish is the source: what stands in templates and code is the key. What residents read is in easy
Swedish too. Run by `make assets`; a text that lacks either is left empty, and a test names it.
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
ENGLISH, EASY = "en", "sv_X-latt"
# Where what residents read stands.
_EVENTS = "src/lykta/domain/events"
OPEN = (
    f"{_EVENTS}/templates/events/open/",
    *(f"{_EVENTS}/templates/events/_{name}.html" for name in ("category", "photos", "place")),
    *(f"{_EVENTS}/templates/events/_{name}.html" for name in ("similar", "time", "where")),
    *(f"{_EVENTS}/forms/{name}.py" for name in ("reports", "residents", "times")),
    *(f"{_EVENTS}/services/{name}.py" for name in ("reporting", "retained", "screening")),
    *(f"{_EVENTS}/models/reports.py", f"{_EVENTS}/views/residents.py"),
    *("src/lykta/infrastructure/personal_data/", "src/lykta/infrastructure/photos/"),
    *(
        f"src/lykta/web/templates/{name}.html"
        for name in ("frame", "_errors", "_field", "_languages")
    ),
)
# As Django's own functions are called in the house.
_CALLS = {"_", "gettext", "gettext_lazy", "said"}
FIXED = datetime(2026, 11, 24, tzinfo=UTC)
Message = str | tuple[str, str]  # a text, or one for one and one for many


def target(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return SOURCE / f"web/locale/{language}/LC_MESSAGES/django.po"


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


def catalogue(language: str = ENGLISH) -> Catalog:
    """Return every text, or all that residents read, as it is in a language."""
    spoken = language.split("_", 1)[0]
    known = read_po(io.BytesIO(target(language).read_bytes()), locale=spoken)
    found = Catalog(
        locale=spoken,
        project="lykta",
        header_comment=f"# The pages in {language}. Made by tools/assets/catalogue.py.",
        msgid_bugs_address="lykta",
        last_translator="lykta",
        language_team="lykta",
        charset="utf-8",
        creation_date=FIXED,  # so that the same texts give the same bytes
        revision_date=FIXED,
        fuzzy=False,
    )
    for message, where in messages():
        if language == EASY and not where.startswith(OPEN):
            continue
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
    """Write the catalogues anew, as text and compiled."""
    import django
    from tests import installation

    installation.prepare()
    django.setup()
    for language in (ENGLISH, EASY):
        found = catalogue(language)
        file = io.BytesIO()
        write_po(file, found, sort_output=True, omit_header=False, include_lineno=False, width=100)
        target(language).write_bytes(file.getvalue())
        target(language).with_suffix(".mo").write_bytes(compiled(found))


if __name__ == "__main__":
    main()
