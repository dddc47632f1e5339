"""`paike log`: what a person does with the published files of a ballot log."""

from argparse import Namespace
from collections.abc import Callable

from django.conf import settings

from paike.config.refusal import refuse
from paike.kernel import clock
from paike.voting.actions import sequencing
from paike.voting.adapters.publishing import Publisher
from paike.voting.models import BallotLog
from paike.voting.queries import ballot_logs


def run(arguments: Namespace) -> int:
    """`check` compares the heads of all logs with the database; `rebuild` writes every file of the
    log of a call anew; `confirm` lets it go on after a restore."""
    if arguments.action == "check":
        _publisher().look()
        return 0
    log = ballot_logs.by_slug(arguments.campaign)
    if log is None:
        raise refuse(
            f"没有这次征集的选票日志：{arguments.campaign}",
            f"There is no ballot log of this call: {arguments.campaign}",
        )
    if arguments.action == "rebuild":
        return _alone(log, lambda publisher: publisher.rebuild(log))
    note = arguments.checkpoint.read_text("utf-8", errors="replace")
    return _alone(log, lambda publisher: publisher.confirm(log, note))


def _alone(log: BallotLog, write: Callable[[Publisher], None]) -> int:
    """Write while no sequencer does."""
    if not sequencing.claim():
        raise refuse(
            "选票排序正在运行，请先停止 paike sequencer（或 paike up）。",
            "A sequencer is running. Stop `paike sequencer` (or `paike up`) first.",
        )
    publisher = _publisher()
    try:
        write(publisher)
    finally:
        publisher.close()
    print(f"{publisher.folder / log.campaign.slug}: {log.size}")
    return 0


def _publisher() -> Publisher:
    return Publisher(settings.BALLOT_LOGS, now=clock.now)
