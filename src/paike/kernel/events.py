"""How an upper room hears of a lower one without the lower one knowing it.

A lower room publishes a frozen dataclass; `config/wiring.py` says who listens. Listeners run at
once, in the publisher's transaction: an event and all that follows from it commit together. What
takes time is deferred as a job by the listener.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar


class Event:
    """Base of all events; subclasses are frozen dataclasses that carry ids and times."""


E = TypeVar("E", bound=Event)

_listeners: dict[type[Event], list[Callable[[Any], None]]] = defaultdict(list)


def listen(event: type[E], listener: Callable[[E], None]) -> None:
    """Call `listener` for every published `event` and whatever is one of its kind. Saying it twice
    changes nothing."""
    if listener not in _listeners[event]:
        _listeners[event].append(listener)


def publish(event: Event) -> None:
    """Hand `event` to its listeners, in the order they were wired."""
    for kind in type(event).__mro__:
        for listener in _listeners.get(kind, ()):
            listener(event)
