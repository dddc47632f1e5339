"""What the worker knows: every room's tasks, and the periodic care of stalled jobs."""

from procrastinate import App


def on_app_ready(app: App) -> None:
    """Called by procrastinate's Django app once the job engine is ready."""
