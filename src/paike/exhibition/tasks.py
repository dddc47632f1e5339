"""The jobs of this room. The row holds the state; a job that was killed at any point can run
again: a folder that was not finished is never seen, and is removed by the next attempt."""

from uuid import UUID

from procrastinate.contrib.django import app

from paike.exhibition.actions import builds, jobs, packages
from paike.exhibition.queries import shows
from paike.kernel import clock
from paike.objects import ports as objects


@app.task(name=jobs.BUILD, queue=jobs.QUEUE)
def build(*, package_id: str) -> None:
    """One attempt at a package."""
    package = builds.begin(package_id=UUID(package_id), now=clock.now())
    if package is None:
        return
    try:
        builds.carry_out(package=package, now=clock.now)
    except (packages.NotAFolderOfOurs, shows.NoTerm) as fault:
        builds.stumble(package_id=package.pk, fault=_words(fault), again=False)
    except (objects.StoreFault, OSError) as fault:
        builds.stumble(package_id=package.pk, fault=_words(fault), again=True)
    except Exception as fault:
        # Our own mistake: told on the page of jobs, and the log gets the rest.
        builds.stumble(package_id=package.pk, fault=_words(fault), again=False)
        raise


def _words(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}"[:500]
