"""What is heavy is loaded when it is needed, so that the command line answers at once."""

import json
import subprocess
import sys

import pytest

HEAVY = {
    "calamine",
    "django",
    "docx",
    "docxtpl",
    "duckdb",
    "jinja2",
    "llvmlite",
    "numba",
    "pandas",
    "pyogrio",
    "pyproj",
    "python_calamine",
    "rich",
    "scipy",
    "shapely",
    "typst",
    "vl_convert",
}
LIGHT = ("lykta", "lykta.analysis", "lykta.cli", "lykta.demo", "lykta.sources")


@pytest.mark.parametrize("name", LIGHT)
def test_an_import_loads_nothing_heavy(name: str):
    code = f"import json, sys, {name}; print(json.dumps(sorted(sys.modules)))"

    printed = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout

    assert HEAVY & {module.split(".")[0] for module in json.loads(printed)} == set()
