"""`paike doctor`"""

from argparse import Namespace

from paike.config import checkup


def run(arguments: Namespace) -> int:
    """Say what is there, what is missing, and how to get it. 1 when something vital is missing."""
    found = list(checkup.findings())
    if arguments.json:
        print(checkup.as_json(found))
    else:
        print(*(one.line() for one in found), sep="\n")
    return 1 if any(one.state == "missing" for one in found) else 0
