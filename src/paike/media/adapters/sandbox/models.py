"""The models of the full inspection, loaded once before any film is seen. They come out of packages
at set-up (`tools/setup-models.sh`); without them the words and the speech are not looked for."""

import os
from functools import cache
from pathlib import Path
from typing import Any

# The runtime's builds for Linux report to their maker (since 1.29) unless this stands there first.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime

from paike.media.adapters.sandbox.probes.finding import Finder
from paike.media.adapters.sandbox.probes.letters import Reader
from paike.media.adapters.sandbox.probes.speech import Detector

FOLDER = Path(__file__).parent / "models"
NAMES = ("find.onnx", "read.onnx", "read.txt", "reread.onnx", "reread.txt", "speech.onnx")


def missing() -> list[str]:
    """The model files that are not there."""
    return [name for name in NAMES if not (FOLDER / name).is_file()]


def options() -> Any:  # noqa: ANN401 - untyped library
    """One thread: the jail starts none, and films are many."""
    wanted = onnxruntime.SessionOptions()
    wanted.intra_op_num_threads = wanted.inter_op_num_threads = 1
    wanted.log_severity_level = 4
    wanted.enable_cpu_mem_arena = False
    return wanted


@cache
def speech() -> Detector | None:
    """Who finds speech."""
    path = FOLDER / "speech.onnx"
    return Detector(onnxruntime, path, options()) if path.is_file() else None


@cache
def finder() -> Finder | None:
    """Who finds words."""
    path = FOLDER / "find.onnx"
    return Finder(onnxruntime, path, options()) if path.is_file() else None


@cache
def reader(name: str) -> Reader | None:
    """Who reads words: `read`, quick, or `reread`, larger."""
    path, letters = FOLDER / f"{name}.onnx", FOLDER / f"{name}.txt"
    if not (path.is_file() and letters.is_file()):
        return None
    return Reader(onnxruntime, path, letters, options())


def load() -> None:
    """Load everything now."""
    speech()
    finder()
    reader("read")
    reader("reread")
