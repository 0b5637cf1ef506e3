"""What the machine must have, whether there is an installation or not."""

import importlib
import importlib.util
import os
import sys
from pathlib import Path

import lykta
from lykta.infrastructure.examination.check import Check, said

COMPILED = (
    "duckdb",
    "docxtpl",
    "numba",
    "psycopg",
    "pyogrio",
    "pyproj",
    "scipy",
    "shapely",
    "typst",
    "vl_convert",
)
PLAIN = ("allauth", "argon2", "csp", "django", "django_q", "gunicorn", "ninja", "whitenoise")


def machine(*, is_loading: bool = False) -> list[Check]:
    """Return the checks of libraries and kernels; `is_loading` loads the libraries to see."""
    return [_libraries(is_loading=is_loading), _kernels()]


def _libraries(*, is_loading: bool) -> Check:
    missing = [name for name in (*COMPILED, *PLAIN) if importlib.util.find_spec(name) is None]
    if is_loading:
        missing += [name for name in COMPILED if name not in missing and not _can_load(name)]
    n_all = len(COMPILED) + len(PLAIN)
    version = sys.version.split()[0]
    return Check(
        said("Bibliotek"),
        is_well=not missing,
        found=said(
            "Python {version}, {n} av {n_all} bibliotek",
            version=version,
            n=n_all - len(missing),
            n_all=n_all,
        ),
        advice=said("Installera om lykta. Saknas: {names}.", names=", ".join(missing))
        if missing
        else "",
    )


def _can_load(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def _kernels() -> Check:
    beside = Path(lykta.__file__).parent / "analysis" / "_kernels" / "__pycache__"
    folder = Path(os.environ.get("NUMBA_CACHE_DIR") or beside)
    is_compiled = next(folder.rglob("*.nbi"), None) is not None
    return Check(
        said("Beräkningskärnor"),
        is_well=is_compiled,
        found=said("kompilerade") if is_compiled else said("inte kompilerade än"),
        advice=""
        if is_compiled
        else said("Kör lykta doctor --compile; annars väntar den första bilden."),
        is_urgent=False,
    )
