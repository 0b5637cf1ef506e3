"""What the server writes to its log, without the secrets that stand in addresses."""

import logging
import re

# What a calendar, a hand-off or an invitation is reached by is longer than other parts are.
_SECRET = re.compile(r"(?<=/)[\w:-]{38,}(?=/|\.ics|\s|$)")


class WithoutSecrets(logging.Filter):
    """Takes out of each line what would let its reader open a link."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True: the line is written, with its secrets blotted out."""
        record.msg, record.args = _SECRET.sub("…", record.getMessage()), ()
        return True
