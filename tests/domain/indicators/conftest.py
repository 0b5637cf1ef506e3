"""Made-up series of the made-up municipality."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.domain.places.conftest import TODAY, Write, places, read_in, write  # noqa: F401

from lykta.infrastructure.access import SYSTEM
from lykta.infrastructure.imports import doors
from lykta.infrastructure.imports.models import Run

Read = Callable[..., Run]
HEADER = (
    "nyckeltal;titel;period;område;värde;undre;övre;n;enhet;källa;tema;räknar;sällsynt;status\n"
)
SURVEY = f"""{HEADER}\
egen:trygghet;Trygga på kvällen;2020;9999;70,5;67,1;73,9;812;procent;Egen mätning;trygghet;svar;;
egen:trygghet;Trygga på kvällen;2023;9999;72;68,8;75,2;790;procent;Egen mätning;trygghet;svar;;
egen:trygghet;Trygga på kvällen;2023;9999-ASA;60;40;80;20;procent;Egen mätning;trygghet;svar;;
egen:trygghet;Trygga på kvällen;2023;00;74;73;75;9000;procent;Egen mätning;trygghet;svar;;
"""
RARE = f"""{HEADER}\
egen:skjutningar;Skjutningar;2022;9999;7;;;;antal;Polisen;grovt våld;händelser;ja;
egen:skjutningar;Skjutningar;2023;9999;3;;;;antal;Polisen;grovt våld;händelser;ja;preliminär
egen:skjutningar;Skjutningar;2024;9999;;;;;antal;Polisen;grovt våld;händelser;ja;saknas
"""
PEOPLE = f"""{HEADER}\
egen:avhopp;Avhopp;2023;9999;50;;;;antal;Kommunen;övrigt;personer;;
egen:avhopp;Avhopp;2023;9999-ASA;3;;;;antal;Kommunen;övrigt;personer;;
egen:avhopp;Avhopp;2023;9999-OST;47;;;;antal;Kommunen;övrigt;personer;;
"""


@pytest.fixture
def indicators(places: Any, write: Write) -> Read:  # noqa: F811 - the fixtures of those names
    """Return what reads content in as a file of observations, with the areas there."""

    def reader(content: Any, /, *, name: str = "nyckeltal.csv", **options: Any) -> Run:
        return doors.read_in(SYSTEM, "observations", write(name, content), today=TODAY, **options)

    return reader
