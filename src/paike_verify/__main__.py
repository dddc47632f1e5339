"""python -m paike_verify, and the single file."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the single file is run by whatever Python is there
    sys.stderr.write(
        "请用 Python 3.11 或更新的版本运行。这里是 {0}.{1}。\n"
        "  Run this with Python 3.11 or newer. This is {0}.{1}.\n".format(*sys.version_info[:2])
    )
    sys.exit(3)

from paike_verify import cli  # an older Python can't read it

if __name__ == "__main__":
    sys.exit(cli.main())
