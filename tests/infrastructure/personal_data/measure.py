"""How much the screen finds, and how often it is wrong.

Run as ``python -m tests.infrastructure.personal_data.measure --held-apart --out FILE``.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.circumstances import ROOT, circumstances, fingerprint
from tests.infrastructure.personal_data.corpus import TRAP, Label, reports

from lykta.analysis import wilson_interval
from lykta.infrastructure.personal_data import Finding, Kind, screen
from lykta.infrastructure.personal_data.names import is_in_a_list

CODE = "src/lykta/infrastructure/personal_data"
NUMBERS = (
    Kind.PERSONAL_NUMBER,
    Kind.COORDINATION_NUMBER,
    Kind.PHONE,
    Kind.EMAIL,
    Kind.PLATE,
)


def measured(half: str) -> dict[str, Any]:
    """Return the shares found and the shares wrongly found, each with its interval."""
    rows = [(report, screen(report.text)) for report in reports(half)]
    labelled = [
        (report, label, any(_meets(label, each) for each in found))
        for report, found in rows
        for label in report.labels
    ]
    by_kind = {
        kind.value: share(is_found for _r, label, is_found in labelled if label.kind == kind)
        for kind in Kind
    }
    unlisted = [
        is_found
        for report, label, is_found in labelled
        if label.kind == Kind.NAME and not is_in_a_list(report.text[label.start : label.end])
    ]
    clean = [(report, found) for report, found in rows if report.is_clean]
    return {
        "reports": len(rows),
        "found": by_kind
        | {
            "numbers": share(f for _r, label, f in labelled if label.kind in NUMBERS),
            "names in no list": share(unlisted),
        },
        "wrong": {
            "clean reports": share(bool(found) for _report, found in clean),
            "clean reports without traps": share(
                bool(found) for report, found in clean if not report.labels
            ),
            "traps": share(is_found for _r, label, is_found in labelled if label.kind == TRAP),
        },
    }


def share(values: Any) -> dict[str, float]:
    """Return how many of how many, the share, and its interval at 95 % (Wilson)."""
    held = [bool(value) for value in values]
    _share, low, high = (float(each) for each in wilson_interval(sum(held), len(held)))
    return {
        "n": len(held),
        "k": sum(held),
        "share": sum(held) / len(held),
        "low": low,
        "high": high,
    }


def code() -> str:
    """Return the fingerprint of what the figures speak of."""
    files = [path for path in (ROOT / CODE).rglob("*") if path.suffix in (".py", ".txt")]
    return fingerprint([str(path.relative_to(ROOT)) for path in files])


def missed(half: str) -> list[tuple[str, str]]:
    """Return what was not found, and what was wrongly found: to develop by."""
    wrong = []
    for report in reports(half):
        found = screen(report.text)
        for label in report.labels:
            is_found = any(_meets(label, each) for each in found)
            if is_found == (label.kind == TRAP):
                wrong.append(
                    (label.kind, report.text[label.start : label.end] + " | " + report.text)
                )
        wrong += [
            ("wrongly", f"{report.text[each.start : each.end]} ({each.kind}) | {report.text}")
            for each in found
            if not any(_meets(label, each) for label in report.labels)
        ]
    return wrong


def _meets(label: Label, found: Finding) -> bool:
    return label.start < found.end and found.start < label.end


def main() -> None:
    """Count both halves, or list what went wrong in the half to develop by."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--missed", action="store_true", help="what went wrong, of develop only")
    options.add_argument("--held-apart", action="store_true", help="count the half held apart too")
    options.add_argument("--out", type=Path)
    chosen = options.parse_args()
    if chosen.missed:
        sys.stdout.write("".join(f"{kind}: {text}\n" for kind, text in missed("develop")))
        return
    halves = ("develop", "held_apart") if chosen.held_apart else ("develop",)
    result = circumstances() | {"sha256": code()} | {half: measured(half) for half in halves}
    text = json.dumps(result, indent=1, ensure_ascii=False)
    sys.stdout.write(f"{text}\n")
    if chosen.out:
        chosen.out.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
