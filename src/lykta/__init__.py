"""The working tool of a Swedish municipality for crime prevention and safety."""

__version__ = "0.1.0"
