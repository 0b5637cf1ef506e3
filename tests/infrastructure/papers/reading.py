"""Read the words of a rendered paper back, by programs other than those that wrote it."""

import io
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import docx
import lxml.html
import pikepdf
import pypdfium2
from tests.infrastructure.papers import sample

from lykta.infrastructure import papers
from lykta.infrastructure.papers.paper import Paper

FORMS: tuple[papers.Form, ...] = ("html", "pdf", "docx", "json")


@cache
def rendered(form: papers.Form) -> bytes:
    """Return the sample paper in the form, rendered once."""
    return papers.render(sample.paper(), form)


def squeezed(text: str) -> str:
    """Return the text without spaces and joiners, which break differently in each form."""
    return "".join(text.split()).replace("\N{WORD JOINER}", "")


def words(form: papers.Form, content: bytes) -> str:
    """Return all the words of a rendered paper, without spaces."""
    return squeezed({"html": _html, "pdf": _pdf, "docx": _docx, "json": _json}[form](content))


def page(content: bytes) -> Any:
    """Return a rendered page as a tree of HTML."""
    return lxml.html.fromstring(content.decode("utf-8"))


def _html(content: bytes) -> str:
    tree = page(content)
    for style in tree.xpath("//style"):
        style.drop_tree()
    return str(tree.text_content())


def _pdf(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return "".join(page.get_textpage().get_text_range() for page in document)


def _docx(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    section = document.sections[0]
    body = "".join(element.text or "" for element in document.element.body.iter() if element.text)
    edges = (*section.header.paragraphs, *section.footer.paragraphs)
    return body + "".join(paragraph.text for paragraph in edges)


def _json(content: bytes) -> str:
    return "".join(_strings(json.loads(content)))


def _strings(value: Any) -> Iterator[str]:
    """Yield every string in a tree of JSON."""
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if type(value) is list else ():
        yield from _strings(item)


def said(paper: Paper) -> list[str]:
    """Return every string that the paper says in all its forms: not the titles of drawn columns."""
    left_out = {"type", "kind", "tone", "anchor", "made_at", "language", "alt"}

    def strings(value: Any, key: str = "") -> Iterator[str]:
        if isinstance(value, str) and key not in left_out and value.strip():
            yield value
        if isinstance(value, dict) and value.get("kind") != "interval":
            for name, item in value.items():
                yield from strings(item, name)
        if isinstance(value, list):
            for item in value:
                yield from strings(item)

    tree = json.loads(papers.render(paper, "json"))
    del tree["schema"], tree["data"]
    return list(strings(tree))


def tags(content: bytes) -> list[tuple[str, str]]:
    """Return the structure of a PDF in reading order: each tag with its alternative text."""
    found: list[tuple[str, str]] = []

    def walk(node: Any) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append((str(node.S).removeprefix("/"), str(node.get("/Alt", ""))))
            walk(node.get("/K"))

    with pikepdf.open(io.BytesIO(content)) as document:
        walk(document.Root.StructTreeRoot.K)
    return found
