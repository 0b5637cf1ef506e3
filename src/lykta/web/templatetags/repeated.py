"""What a page repeats a hundred times: rows and choices, written by Python.

A template takes some forty times as long for each, and half of a page's time went that way.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lykta.infrastructure.drawing import Mark
from lykta.web.templatetags.swedish import on_day

register = template.Library()


@register.simple_tag
def options(choices: Iterable[Any]) -> SafeString:
    """Return the lines of a list to choose from."""
    lines = (
        f'<option value="{escape(each.value)}"{" selected" if each.is_chosen else ""}>'
        f"{escape(each.label)}</option>"
        for each in choices
    )
    return SafeString("".join(lines))


@register.simple_tag
def table_rows(rows: Iterable[Sequence[str]], *classes: str) -> SafeString:
    """Return rows of a table, each beginning with its heading; a class for each other cell."""
    tags = [f'<td class="{escape(each)}">' if each else "<td>" for each in classes]
    lines = (
        f'<tr><th scope="row">{escape(heading)}</th>'
        + "".join(f"{tag}{escape(cell)}</td>" for tag, cell in zip(tags, cells, strict=True))
        + "</tr>"
        for heading, *cells in rows
    )
    return SafeString("".join(lines))


@register.simple_tag(takes_context=True)
def against_rows(context: Any, lines: Iterable[Any], has_rates: Any) -> SafeString:
    """Return rows against what was expected of them."""

    def row(line: Any) -> str:
        name = escape(line.name)
        if line.url:
            name = f'<a href="{escape(on_day(context, line.url))}">{name}</a>'
        where = f' <span class="quiet">{escape(line.where)}</span>' if line.where else ""
        return (
            f'<tr data-area="{escape(line.key)}"><th scope="row">{name}{where}<br>'
            f'<span class="verdict {line.ring}">{escape(line.verdict)}</span></th>'
            f'<td class="num">{escape(line.count)}</td><td class="num">{escape(line.expected)}</td>'
            f'<td class="num">{escape(line.ratio)}</td><td class="marks">{ratio_mark(line.mark)}'
            f"</td>{_rate(line.rate) if has_rates else ''}</tr>"
        )

    return SafeString("".join(map(row, lines)))


@register.simple_tag
def ratio_mark(mark: Mark | None) -> SafeString:
    """Return the drawing of a ratio with its interval; nothing where there is none."""
    if not mark:
        return SafeString("")
    return SafeString(
        f'<svg class="ratio{" is-certain" if mark.is_certain else ""}" viewBox="0 0 112 20" '
        'width="112" height="20" aria-hidden="true">'
        f'<line class="one" x1="{mark.one}" x2="{mark.one}" y1="2" y2="18"/>'
        f'<line class="span" x1="{mark.low}" x2="{mark.high}" y1="10" y2="10"/>'
        f'<circle cx="{mark.middle}" cy="10" r="4"/></svg>'
    )


def _rate(rate: str) -> str:
    said = escape(rate) or f'<span class="missing">{escape(_("uppgift saknas"))}</span>'
    return f'<td class="num">{said}</td>'
