"""Run the command line as `python -m lykta.cli`."""

from lykta.cli import main

main()
