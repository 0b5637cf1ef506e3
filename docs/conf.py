"""How the documentation is built: `make docs`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # for what is shown of the tests
sys.path.insert(0, str(Path(__file__).parent / "_extensions"))

from lykta import __version__

project = "lykta"
author = "lykta"
copyright = "lykta, EUPL-1.2"
release = version = __version__

extensions = ["myst_parser", "numpydoc", "sphinx.ext.autodoc", "sphinx_click", "house"]
exclude_patterns = ["_build", "_extensions"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
numpydoc_show_class_members = False
# The docstrings say shape and unit, which the types cannot.
autodoc_typehints = "none"
autodoc_preserve_defaults = True
autodoc_member_order = "bysource"
nitpicky = False

html_theme = "furo"
html_title = "lykta"
html_show_copyright = False
html_show_sphinx = False
