"""Mandarin spoken by espeak-ng from pinyin, which it reads with the right sounds; from characters it
would spell English letters."""

import ctypes
import functools

import espeakng_loader
import numpy
from numpy.typing import NDArray
from pypinyin import Style, lazy_pinyin

Samples = NDArray[numpy.float32]
VOICE = b"cmn-latn-pinyin"
RETRIEVE, UTF8, POSITION = 1, 1, 1
RATE_PARAMETER = 1


@functools.cache
def _library() -> tuple[ctypes.CDLL, int]:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    rate = library.espeak_Initialize(RETRIEVE, 500, espeakng_loader.get_data_path().encode(), 0)
    if rate < 8000:
        raise RuntimeError("espeak-ng did not start")
    return library, rate


@functools.cache
def say(text: str, *, words_a_minute: int = 210, voice: bytes = VOICE) -> tuple[Samples, int]:
    """The spoken text and its sample rate."""
    library, rate = _library()
    pieces: list[Samples] = []
    kind = ctypes.CFUNCTYPE(
        ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
    )

    def take(samples: "ctypes._Pointer[ctypes.c_short]", count: int, _: object) -> int:
        if samples and count:
            raw = numpy.ctypeslib.as_array(samples, shape=(count,))
            pieces.append((raw / 32768).astype(numpy.float32))
        return 0

    callback = kind(take)
    library.espeak_SetSynthCallback(callback)
    library.espeak_SetVoiceByName(voice)
    library.espeak_SetParameter(RATE_PARAMETER, words_a_minute, 0)
    spoken = " ".join(lazy_pinyin(text, style=Style.TONE3)).encode()
    library.espeak_Synth(spoken, len(spoken) + 1, 0, POSITION, 0, UTF8, None, None)
    library.espeak_Synchronize()
    return numpy.concatenate(pieces), rate
