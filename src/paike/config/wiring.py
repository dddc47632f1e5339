"""Who listens to whom. The only place that knows two rooms at once besides the web."""

from django.conf import settings

from paike.objects import ports as objects
from paike.objects.adapters import choice


def connect() -> None:
    """Wire every event to its listeners and every port to its adapter. Called once at start-up."""
    objects.use(lambda: choice.make(settings.STORE_URL, folder=settings.DATA / "objects"))
