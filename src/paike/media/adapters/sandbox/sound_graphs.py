"""Filters that frames of sound go through, one behind the other."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import cast

import av
from av.filter import Graph


def chain(first: av.AudioFrame, filters: Sequence[tuple[str, str]]) -> Graph:
    """A graph for sound like `first`, with filters given as libavfilter's name and arguments."""
    graph = Graph()
    graph.threads = 1
    steps = [
        graph.add_abuffer(
            sample_rate=first.sample_rate,
            format=first.format.name,
            layout=first.layout.name,
            time_base=first.time_base,
        ),
        *(graph.add(name, arguments) for name, arguments in filters),
        graph.add("abuffersink"),
    ]
    for before, after in pairwise(steps):
        before.link_to(after)
    graph.configure()
    return graph


def ready(graph: Graph) -> Iterator[av.AudioFrame]:
    """What has come out so far."""
    while True:
        try:
            yield cast("av.AudioFrame", graph.pull())
        except (av.error.BlockingIOError, av.error.EOFError):
            return
