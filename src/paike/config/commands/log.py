"""`paike log rebuild`: the published files of a ballot log made again from the database."""

from argparse import Namespace

from django.conf import settings

from paike.config.refusal import Refusal, refuse
from paike.kernel import clock
from paike.voting.actions import sequencing
from paike.voting.adapters.publishing import Behind, Forked, Publisher
from paike.voting.queries import ballot_logs


def run(arguments: Namespace) -> int:
    """Write every file of the log of a call anew. The sequencer must not run meanwhile."""
    log = ballot_logs.by_slug(arguments.campaign)
    if log is None:
        raise refuse(
            f"没有这次征集的选票日志：{arguments.campaign}",
            f"There is no ballot log of this call: {arguments.campaign}",
        )
    if not sequencing.claim():
        raise refuse(
            "选票排序正在运行，请先停止 paike sequencer（或 paike up），再重建。",
            "A sequencer is running. Stop `paike sequencer` (or `paike up`) first, then rebuild.",
        )
    publisher = Publisher(settings.BALLOT_LOGS, now=clock.now)
    try:
        publisher.rebuild(log)
    except (Behind, Forked) as fault:
        raise Refusal(fault.text) from fault
    finally:
        publisher.close()
    print(f"{publisher.folder / log.campaign.slug}: {log.size}")
    return 0
