"""One planted world, its plain twin, and one written folder, each made once."""

import csv

import numpy as np
import pytest

from lykta import demo
from lykta.demo.places import places


@pytest.fixture(scope="session")
def the_map():
    return places()


@pytest.fixture(scope="session")
def world():
    return demo.world(np.random.default_rng(2026))


@pytest.fixture(scope="session")
def noise():
    return demo.world(np.random.default_rng(2026), planted=())


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    demo.write(folder)
    return folder


@pytest.fixture(scope="session")
def read(folder):
    def rows(name):
        text = (folder / name).read_bytes().decode("utf-8-sig")
        return list(csv.DictReader(text.splitlines(), delimiter=";"))

    return rows
