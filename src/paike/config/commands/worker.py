"""`paike worker`: runs the jobs that rooms have deferred. Start as many as wanted, anywhere."""

from argparse import Namespace

from paike.config import data_folder, worker


def run(arguments: Namespace) -> int:
    """Run jobs until SIGTERM or SIGINT; running jobs get a while to end."""
    data_folder.require_keys()
    worker.run(concurrency=arguments.concurrency)
    return 0
