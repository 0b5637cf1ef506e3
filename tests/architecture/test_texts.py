"""No text names a registry or a machine; every dependency is locked and explained."""

import re
import tomllib
from pathlib import Path

import pytest
from tests.architecture.house import ROOT

LEFT_OUT = {".git", "demo", "build", "dist", "_build", "__pycache__", "node_modules"}
BINARY = {
    *(".docx", ".gif", ".gpkg", ".gz", ".ico", ".jpg", ".nbc", ".nbi", ".parquet", ".pdf"),
    *(".png", ".pyc", ".shp", ".ttf", ".woff2", ".xlsx", ".zip"),
}
# Put together here, so that this file does not say what it forbids.
REGISTRIES = [
    "".join(parts)
    for parts in (
        ("py", "pi.org"),
        ("files.python", "hosted"),
        ("npm", "js.org"),
        ("npm", "js.com"),
        ("arti", "factory"),
        ("index", "-url ="),
        ("--extra-index", "-url"),
    )
]
MACHINE_PATH = re.compile(r"(?<![\w.:/-])/" + r"(?:work|root|home/\w+|Users/\w+)/[\w.-]+")
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def texts() -> list[Path]:
    """Return every text file of the repository that a reader may meet."""
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.is_file()
        and path.suffix not in BINARY
        and not any(
            part in LEFT_OUT or re.fullmatch(r"\.(venv|\w+_cache|hypothesis).*", part)
            for part in path.relative_to(ROOT).parts
        )
    ]


def test_no_text_names_a_registry():
    named = [
        (path.relative_to(ROOT).as_posix(), host)
        for path in texts()
        for host in REGISTRIES
        if host in path.read_text(encoding="utf-8", errors="replace")
    ]

    assert named == []


def test_no_text_bears_a_path_of_some_machine():
    found = [
        (path.relative_to(ROOT).as_posix(), match[0])
        for path in texts()
        for match in MACHINE_PATH.finditer(path.read_text(encoding="utf-8", errors="replace"))
    ]

    assert found == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_a_hash_for_each_requirement_and_no_address(lock: Path):
    text = lock.read_text(encoding="utf-8")

    entries = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]

    assert entries
    assert [entry for entry in entries if "==" not in entry or "--hash=sha256:" not in entry] == []
    assert re.findall(r"\w+://", text) == []


def test_each_input_of_a_lock_has_its_lock():
    inputs = {path.stem for path in (ROOT / "requirements").glob("*.in")}

    assert {lock.stem for lock in LOCKS} == inputs


def requirements() -> list[str]:
    """Return the names of what lykta needs to run."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [re.split(r"[<>=~!\[; ]", text)[0] for text in project["dependencies"]]


@pytest.mark.parametrize("name", requirements())
def test_each_requirement_says_what_we_would_write_without_it(name: str):
    page = (ROOT / "docs/explanation/dependencies.md").read_text(encoding="utf-8")

    rows = [row for row in page.splitlines() if row.startswith(f"| `{name}` |")]

    assert len(rows) == 1
    assert len(rows[0].split("|")[2].split()) >= 8


@pytest.mark.parametrize("name", requirements())
def test_each_requirement_is_locked(name: str):
    lock = (ROOT / "requirements/runtime.txt").read_text(encoding="utf-8")

    assert re.search(rf"^{re.escape(name)}==", lock, flags=re.MULTILINE)
