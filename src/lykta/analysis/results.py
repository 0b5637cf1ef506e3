"""What every result has: its columns, what it was asked with, and what to beware of."""

from collections.abc import Mapping
from typing import Any, ClassVar

from numpy.typing import NDArray

# The edition of Vega-Lite that every chart is written in.
VEGA_LITE = "https://vega.github.io/schema/vega-lite/v5.json"


class Result:
    """The ground of each frozen result; those that draw have a `chart()` of Vega-Lite too."""

    __slots__ = ()

    COLUMNS: ClassVar[tuple[str, ...]] = ()  # the fields that are arrays, one row each
    params: Mapping[str, Any]  # every argument that decided the result, defaults and seed included
    warnings: tuple[str, ...]  # sentences in English; empty where nothing is to be said

    def columns(self) -> dict[str, NDArray[Any]]:
        """Return the columns by name, as pandas and polars take them."""
        return {name: getattr(self, name) for name in self.COLUMNS}
