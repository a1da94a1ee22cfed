"""`python -m wurzelwerk` is the same as the command `wurzelwerk`."""

import sys

from wurzelwerk.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
