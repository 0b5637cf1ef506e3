"""Every example in a docstring of the analysis is run."""

import doctest
import importlib
import pkgutil

import pytest

from lykta import analysis

MODULES = sorted(
    found.name
    for found in pkgutil.walk_packages(analysis.__path__, "lykta.analysis.")
    if not found.ispkg
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_come_out_as_written(name):
    tried = doctest.testmod(importlib.import_module(name))

    assert tried.failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder(exclude_empty=True)
    found = [
        example
        for name in MODULES
        for example in finder.find(importlib.import_module(name))
        if example.examples
    ]

    assert len(found) >= 10
