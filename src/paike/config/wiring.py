"""Who listens to whom. The only place that knows two rooms at once besides the web."""


def connect() -> None:
    """Wire every event to its listeners and every port to its adapter. Called once at start-up."""
