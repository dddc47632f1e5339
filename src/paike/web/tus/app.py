"""The upload protocol: tus 1.0.0 as a plain ASGI application under `/uploads/`.

docs/spec/upload.md says what it promises. Django's request cycle is not used; everything that asks
the database or the disk runs in threads, so that the loop only moves bytes.
"""

import asyncio
import functools
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from django.db import close_old_connections

from paike.kernel import clock
from paike.kernel.text import Text
from paike.objects import ports as objects
from paike.uploads.actions import parts, uploads
from paike.uploads.models import Upload
from paike.uploads.queries import parts as part_queries
from paike.uploads.queries import uploads as upload_queries
from paike.web.tus import answers, headers, permits, receiving

logger = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")

PREFIX = "/uploads/"
THREADS = 16
CHUNK_TYPE = "application/offset+octet-stream"
FINGERPRINT_MAX = 128

VERSION = Text("上传协议版本不支持。", "This version of the upload protocol is not supported.")
NO_UPLOAD = Text(
    "没有找到这次上传。请重新选择文件。", "There is no such upload. Choose the file again."
)
METHOD = Text("不支持的请求。", "This request is not supported.")
TYPE = Text("数据类型不正确。", "The body has the wrong type.")
BROKEN = Text(
    "服务器出错，已收到的部分都在，请稍后继续。",
    "The server failed. What has arrived is kept; go on later.",
)

_threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="uploads")


@dataclass(frozen=True)
class Request:
    """What a handler needs of the request. `name`: the path behind the prefix, empty at the root."""

    method: str
    path: str
    name: str
    headers: dict[str, str]
    scheme: str
    receive: answers.Receive
    now: datetime


Handler = Callable[[Request], Awaitable[answers.Answer]]


async def application(scope: answers.Message, receive: answers.Receive, send: answers.Send) -> None:
    """The ASGI application."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    if scope["type"] != "http":
        return
    request = _request(scope, receive)
    try:
        answer = await _answer(request)
    except answers.Refusal as refused:
        answer = refused.answer
    except receiving.Gone:
        answer = answers.Answer(408, close=True)
    except Exception:
        logger.exception("%s %s failed", request.method, request.path)
        answer = answers.refusal(500, "failed", BROKEN, close=True).answer
    await answer.send(send, head=request.method == "HEAD")


async def in_thread(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run what blocks. A cancelled request waits for it: a thread must not write into a part file
    that its request has let go of."""
    loop = asyncio.get_running_loop()
    running = loop.run_in_executor(_threads, functools.partial(_call, call, *args, **kwargs))
    try:
        return await asyncio.shield(running)
    except asyncio.CancelledError:
        await asyncio.wait({running})
        raise


def _call(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    close_old_connections()
    try:
        return call(*args, **kwargs)
    finally:
        close_old_connections()


async def _answer(request: Request) -> answers.Answer:
    if request.method == "OPTIONS":
        return _options()
    permits.check_origin(request.headers, scheme=request.scheme)
    if request.headers.get("tus-resumable") != headers.VERSION:
        raise answers.refusal(412, "version", VERSION, close=True, tus_version=headers.VERSION)
    handler = (ROOT if request.name == "" else UPLOAD).get(request.method)
    if handler is None:
        raise answers.refusal(405, "method", METHOD, close=True)
    try:
        return await handler(request)
    except headers.BadHeader as fault:
        text = Text(f"请求头不正确：{fault}", f"Bad header: {fault}")
        raise answers.refusal(400, "bad-header", text, close=True) from fault
    except uploads.WrongOffset as fault:
        raise answers.refusal(
            409, "offset", fault.text, close=True, upload_offset=str(fault.offset)
        ) from fault
    except (parts.Busy, parts.DiskFull, uploads.Ended) as fault:
        status, code = STATUS[type(fault)]
        raise answers.refusal(status, code, fault.text, close=True) from fault


def _options() -> answers.Answer:
    return answers.Answer(
        204,
        {
            "Tus-Version": headers.VERSION,
            "Tus-Extension": headers.EXTENSIONS,
            "Tus-Checksum-Algorithm": ",".join(headers.ALGORITHMS),
        },
    )


async def _create(request: Request) -> answers.Answer:
    size, metadata = headers.upload_length(request.headers), headers.metadata(request.headers)
    if headers.content_length(request.headers):
        raise headers.BadHeader("creation takes no body")
    upload = await in_thread(_begin, request, size, metadata)
    named = {
        "Location": f"{PREFIX}{upload.pk}",
        "Upload-Expires": answers.moment(upload.expires_at),
    }
    return answers.Answer(201, named)


def _begin(request: Request, size: int, metadata: dict[str, str]) -> Upload:
    owner = permits.account(request.headers)
    permit = permits.for_entry(owner, metadata.get("entry", ""), now=request.now)
    try:
        return uploads.begin(
            owner=permit.owner,
            purpose="film",
            subject_id=permit.entry_id,
            size=size,
            size_max=permit.size_max,
            now=request.now,
            fingerprint=metadata.get("fingerprint", "")[:FINGERPRINT_MAX],
        )
    except uploads.Refused as fault:
        why = fault.refusal
        raise answers.refusal(why.status, why.code, why.text) from fault


async def _head(request: Request) -> answers.Answer:
    upload = await in_thread(_own, request)
    offset = await in_thread(_offset_of, upload, request.now)
    if offset == upload.size:
        await _finish(upload, request.now)
    return answers.Answer(
        200,
        {
            "Upload-Offset": str(offset),
            "Upload-Length": str(upload.size),
            "Upload-Expires": answers.moment(upload.expires_at),
        },
    )


def _offset_of(upload: Upload, now: datetime) -> int:
    uploads.check_live(upload, now=now)
    return upload.size if upload.sealed_at else part_queries.lasting(upload.pk)


async def _patch(request: Request) -> answers.Answer:
    if request.headers.get("content-type", "").partition(";")[0].strip() != CHUNK_TYPE:
        raise answers.refusal(415, "type", TYPE, close=True)
    offset = headers.number(request.headers, "upload-offset")
    checksum = headers.checksum(request.headers)
    length = headers.content_length(request.headers)
    upload = await in_thread(_own, request)
    uploads.check_live(upload, now=request.now)
    if upload.sealed_at is not None:
        return await _again(request, upload, offset, length)
    if length is not None and offset + length > upload.size:
        raise answers.refusal(413, "too-long", receiving.TOO_LONG, close=True)
    writer = await in_thread(uploads.write, upload_id=upload.pk, offset=offset, now=request.now)
    try:
        room = upload.size - writer.offset
        await receiving.take(
            request.receive, writer, room=room, checksum=checksum, in_thread=in_thread
        )
        reached = writer.offset
    finally:
        await in_thread(writer.close)
    if reached == upload.size:
        await _finish(upload, request.now)
    named = {"Upload-Offset": str(reached), "Upload-Expires": answers.moment(upload.expires_at)}
    return answers.Answer(204, named)


async def _again(
    request: Request, upload: Upload, offset: int, length: int | None
) -> answers.Answer:
    """The last chunk once more, because its answer got lost: the film is there, say so."""
    if length is None or offset + length != upload.size:
        raise uploads.WrongOffset(upload.size)
    while (await request.receive()).get("more_body", False):
        pass
    return answers.Answer(204, {"Upload-Offset": str(upload.size)})


async def _delete(request: Request) -> answers.Answer:
    upload = await in_thread(_own, request)
    try:
        await in_thread(uploads.end, upload_id=upload.pk, why="terminated", now=request.now)
    except uploads.AlreadySealed as fault:
        raise answers.refusal(409, "sealed", fault.text) from fault
    return answers.Answer(204)


async def _finish(upload: Upload, now: datetime) -> None:
    """Seal at once. Where that fails, the bytes are safe and a job seals them later."""
    try:
        await in_thread(uploads.seal, upload_id=upload.pk, now=now)
    except (parts.Busy, parts.DiskFull, uploads.Ended, objects.StoreFault) as fault:
        logger.warning("upload %s is whole but not sealed yet: %r", upload.pk, fault)


def _own(request: Request) -> Upload:
    """The upload, for its owner. Another person's does not exist: 404."""
    owner = permits.account(request.headers)
    try:
        upload = upload_queries.by_id(UUID(request.name))
    except ValueError:
        upload = None
    if upload is None or upload.owner_id != owner.pk:
        raise answers.refusal(404, "no-upload", NO_UPLOAD, close=True)
    return upload


def _request(scope: answers.Message, receive: answers.Receive) -> Request:
    named: dict[str, str] = {}
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        named[name] = f"{named[name]}; {value}" if name == "cookie" and name in named else value
    return Request(
        method=scope["method"],
        path=scope["path"],
        name=scope["path"].removeprefix(PREFIX),
        headers=named,
        scheme=scope.get("scheme", "http"),
        receive=receive,
        now=clock.now(),
    )


async def _lifespan(receive: answers.Receive, send: answers.Send) -> None:
    while True:
        message: dict[str, Any] = dict(await receive())
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


ROOT: dict[str, Handler] = {"POST": _create}
UPLOAD: dict[str, Handler] = {"HEAD": _head, "PATCH": _patch, "DELETE": _delete}
STATUS: dict[type[Exception], tuple[int, str]] = {
    parts.Busy: (423, "busy"),
    parts.DiskFull: (507, "disk-full"),
    uploads.Ended: (410, "ended"),
}
