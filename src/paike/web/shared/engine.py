"""What the job engine says of itself: workers that live, jobs that failed for good."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

SILENT = timedelta(seconds=30)  # heartbeats come every two seconds
SHOWN = 50


def workers(at: datetime) -> int:
    """How many workers gave a sign of life in the last half minute. `at`: the real time, since the
    engine knows no other."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=at - SILENT).count()


def failed() -> Sequence[ProcrastinateJob]:
    """Jobs the engine gave up, the latest first."""
    return list(ProcrastinateJob.objects.filter(status="failed").order_by("-id")[:SHOWN])


def waiting() -> int:
    """How many jobs wait for a worker now."""
    return ProcrastinateJob.objects.filter(status="todo").count()
