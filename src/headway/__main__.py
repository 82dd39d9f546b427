"""`python -m headway` is the same as `headway`."""

from headway.entrypoints.cli import main

main()
