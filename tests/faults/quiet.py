"""One of the installation's commands whose words go to a file, as nobody reads the pipe of a process
that is killed before it has ended."""

import os
import sys
from pathlib import Path

if __name__ == "__main__":
    said = Path(os.environ["PAIKE_DATA"]) / f"{sys.argv[1]}.said"
    with said.open("ab") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    from paike.config import cli

    sys.exit(cli.main(sys.argv[1:]))
