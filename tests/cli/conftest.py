"""The demo municipality's files, written once for all tests of the command line."""

import json

import pytest
from click.testing import CliRunner

from lykta import demo
from lykta.cli import lykta
from lykta.cli.demo import asked
from lykta.cli.picture import make


@pytest.fixture(scope="session")
def files(tmp_path_factory):
    """Return a folder with the demo municipality's files."""
    folder = tmp_path_factory.mktemp("demo")
    demo.write(folder)
    return folder


@pytest.fixture(scope="session")
def papers(files):
    """Return the folder with public and partners' pictures made in all forms."""
    for name, audience in (("public", "public"), ("partners", "partners")):
        make(asked(files, name, audience), tell=lambda _step: None)
    return files


@pytest.fixture(scope="session")
def public(papers):
    """Return the public picture's JSON."""
    return json.loads((papers / "public.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def partners(papers):
    """Return the partners' picture's JSON."""
    return json.loads((papers / "partners.json").read_text(encoding="utf-8"))


@pytest.fixture
def run():
    """Return a function that runs a command and returns its result."""

    def call(*arguments):
        return CliRunner().invoke(lykta, [str(a) for a in arguments])

    return call
