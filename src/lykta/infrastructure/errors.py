"""The one family of errors that a user can put right."""


class LyktaError(Exception):
    """Something the user can put right: what is wrong, where, and what to do about it.

    ``code`` is for machines and never changes; the text is for people, in Swedish.
    """

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code or self.code


class UnreadableFile(LyktaError):
    """The file cannot be read as any format that lykta knows."""

    code = "unreadable-file"


class MissingColumn(LyktaError):
    """A column that the work needs is not in the file, or cannot be told apart."""

    code = "missing-column"


class UnknownCrs(LyktaError):
    """The file does not say, or says wrongly, which reference system its coordinates are in."""

    code = "unknown-crs"


class RefusedColumn(LyktaError):
    """The column holds what lykta must not hold."""

    code = "refused-column"


class BadPeriod(LyktaError):
    """The period cannot be understood, or holds no events."""

    code = "bad-period"
