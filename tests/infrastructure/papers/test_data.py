"""The paper for programs."""

import json
from datetime import date

import numpy as np
from tests.infrastructure.papers import reading

from lykta.infrastructure.papers import data


def test_the_schema_and_the_numbers_are_there():
    read = json.loads(reading.rendered("json"))

    assert read["schema"] == "lykta.paper/1"
    assert read["data"]["total"] == {"after": 2797, "before": 2678, "ratio": 1.04}
    assert read["data"]["missing"] is None


def test_blocks_say_what_they_are():
    read = json.loads(reading.rendered("json"))

    kinds = {block["type"] for block in read["blocks"]}
    assert kinds == {"side", "heading", "paragraph", "table", "figure", "points", "facts"}


def test_an_interval_keeps_its_numbers():
    row = json.loads(reading.rendered("json"))["blocks"][2]["rows"][0]

    assert row[3]["type"] == "interval"
    assert row[3]["low"] < row[3]["value"] < row[3]["high"]


def test_arrays_dates_and_infinities_become_plain():
    value = {"b": np.array([1.0, np.nan]), "a": np.int64(3), "c": date(2026, 11, 24), "d": np.inf}

    plain = data.plain(value)

    assert plain == {"a": 3, "b": [1.0, None], "c": "2026-11-24", "d": None}
    assert list(plain) == ["a", "b", "c", "d"]
