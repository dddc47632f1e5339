"""python -m paike_verify, and the single file."""

import sys

from paike_verify import cli

if __name__ == "__main__":
    sys.exit(cli.main())
