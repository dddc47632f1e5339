"""`paike sequencer`: orders ballots in their logs. One works in the whole system, others wait."""

from argparse import Namespace

from paike.config import data_folder, sequencer


def run(_arguments: Namespace) -> int:
    """Sequence until SIGTERM or SIGINT."""
    data_folder.require_keys()
    sequencer.run()
    return 0
