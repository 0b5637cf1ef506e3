"""The papers of this room: the common picture (lägesbild) of a period."""

from lykta.domain.events.papers.situation import situation_paper
from lykta.domain.events.papers.subject import AREAS, NOUNS, Audience, Noun, SourceNote, Subject

__all__ = ["AREAS", "NOUNS", "Audience", "Noun", "SourceNote", "Subject", "situation_paper"]
