"""A small model beside the real application: after anything clients and networks do, both agree."""

import hashlib
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from paike.entries.models import Entry
from paike.kernel import clock
from paike.objects.adapters.memory import MemoryStore
from paike.uploads.actions import cleaning
from paike.uploads.models import SealedObject, Upload
from paike.uploads.queries import parts
from paike.uploads.rules import limits
from tests.factories import accounts, campaigns
from tests.factories import entries as factory
from tests.web.tus import driver
from tests.web.tus.driver import Browser, checksum_of

FILM = hashlib.sha512(b"film").digest() * 30  # 1920 bytes, no piece like another


class Model:
    """What an upload must be: a length that has arrived, and whether it is live, sealed or ended."""

    def __init__(self, place: str, size: int) -> None:
        self.place, self.size = place, size
        self.arrived, self.state = 0, "live"

    @property
    def content(self) -> bytes:
        return FILM[: self.size]


def test_uploads_follow_the_model(store: MemoryStore) -> None:
    now = clock.now()
    person = accounts.account()
    entry = factory.draft(owner=person, campaign=campaigns.campaign(now=now), now=now)

    class Bound(Machine):
        browser, other = Browser(person), Browser(accounts.account())
        target, objects = entry, store

    run_state_machine_as_test(
        Bound,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


class Machine(RuleBasedStateMachine):
    browser: Browser
    other: Browser
    target: Entry
    objects: MemoryStore

    def __init__(self) -> None:
        super().__init__()
        self.models: list[Model] = []
        self.objects.is_full = False
        Entry.objects.filter(pk=self.target.pk).update(film=None)

    def one(self, index: int) -> Model:
        return self.models[index % len(self.models)]

    def expect(self, model: Model, reply: driver.Reply, status: int, **more: Any) -> None:
        if model.state == "ended":
            status = 410
        assert reply.status == status, (reply, vars(model), more)

    @rule(size=st.integers(1, len(FILM)))
    def create(self, size: int) -> None:
        live = sum(model.state == "live" for model in self.models)
        reply = self.browser.create(size=size, entry=self.target.pk)
        assert reply.status == (429 if live >= 5 else 201)
        if reply.status == 201:
            self.models.append(Model(reply.headers["location"], size))

    @precondition(lambda self: self.models)
    @rule(
        index=st.integers(0, 9),
        length=st.integers(0, len(FILM)),
        checked=st.booleans(),
        cut=st.booleans(),
    )
    def patch(self, index: int, length: int, checked: bool, cut: bool) -> None:
        model = self.one(index)
        if model.state == "sealed":
            return
        body = model.content[model.arrived : model.arrived + length]
        checksum = checksum_of(body) if checked else ""
        reply = self.browser.patch(
            model.place, offset=model.arrived, body=body, checksum=checksum, cut=cut
        )
        self.expect(model, reply, 408 if cut else 204)
        if model.state == "live" and not (cut and checked):
            self.grow(model, len(body), acknowledged=not cut)

    @precondition(lambda self: self.models)
    @rule(index=st.integers(0, 9), shift=st.integers(-50, 50).filter(bool))
    def patch_elsewhere(self, index: int, shift: int) -> None:
        model = self.one(index)
        offset = max(model.arrived + shift, 0)
        if offset == model.arrived or offset + 1 > model.size:
            return
        reply = self.browser.patch(model.place, offset=offset, body=b"x")
        repeat = model.state == "sealed" and offset + 1 == model.size
        self.expect(model, reply, 204 if repeat else 409)

    @precondition(lambda self: self.models)
    @rule(index=st.integers(0, 9), length=st.integers(1, 99))
    def damaged(self, index: int, length: int) -> None:
        model = self.one(index)
        body = model.content[model.arrived : model.arrived + length]
        if not body or model.state == "sealed":
            return
        reply = self.browser.patch(
            model.place, offset=model.arrived, body=body, checksum=checksum_of(body + b"!")
        )
        self.expect(model, reply, 460)

    @precondition(lambda self: self.models)
    @rule(index=st.integers(0, 9), extra=st.integers(1, 99))
    def too_long(self, index: int, extra: int) -> None:
        model = self.one(index)
        body = b"x" * (model.size - model.arrived + extra)
        reply = self.browser.patch(model.place, offset=model.arrived, body=body)
        self.expect(model, reply, 409 if model.state == "sealed" else 413)

    @precondition(lambda self: self.models)
    @rule(index=st.integers(0, 9))
    def last_chunk_again(self, index: int) -> None:
        model = self.one(index)
        if model.state == "sealed":
            reply = self.browser.patch(model.place, offset=0, body=model.content)
            assert (reply.status, reply.offset) == (204, model.size)

    @precondition(lambda self: self.models)
    @rule(index=st.integers(0, 9))
    def head(self, index: int) -> None:
        model = self.one(index)
        reply = self.browser.head(model.place)
        self.expect(model, reply, 200)
        if model.state != "ended":
            assert reply.offset == model.arrived
            self.seal(model)

    @precondition(lambda self: self.models)
    @rule(index=st.integers(0, 9))
    def somebody_else(self, index: int) -> None:
        place = self.one(index).place
        assert self.other.head(place).status == 404
        assert self.other.patch(place, offset=0, body=b"x").status == 404
        assert self.other.ask("DELETE", place).status == 404

    @precondition(lambda self: self.models)
    @rule(index=st.integers(0, 9))
    def terminate(self, index: int) -> None:
        model = self.one(index)
        reply = self.browser.ask("DELETE", model.place)
        assert reply.status == (409 if model.state == "sealed" else 204)
        if model.state == "live":
            model.state = "ended"

    @precondition(lambda self: self.models)
    @rule(index=st.integers(0, 9))
    def expire(self, index: int) -> None:
        model = self.one(index)
        if model.state == "live":
            late = clock.now() - timedelta(seconds=1)
            Upload.objects.filter(pk=model.place.rpartition("/")[2]).update(expires_at=late)
            model.state = "ended"

    @rule()
    def clean(self) -> None:
        cleaning.remove_abandoned(now=clock.now())
        cleaning.finish_whole(now=clock.now())
        for model in self.models:
            self.seal(model)

    @rule(full=st.booleans())
    def fill(self, full: bool) -> None:
        """The store takes nothing more, or has room again: what arrived whole waits for that."""
        self.objects.is_full = full

    @rule()
    def restart(self) -> None:
        driver.restart()

    def grow(self, model: Model, length: int, *, acknowledged: bool) -> None:
        model.arrived += length
        if acknowledged:
            self.seal(model)

    def seal(self, model: Model) -> None:
        """What the application does, where it can, with an upload that is whole."""
        whole = model.state == "live" and model.arrived == model.size
        if whole and not self.objects.is_full:
            model.state = "sealed"

    @invariant()
    def one_object_per_sealed_upload(self) -> None:
        for model in self.models:
            upload_id = model.place.rpartition("/")[2]
            films = list(SealedObject.objects.filter(upload_id=upload_id))
            assert len(films) == (model.state == "sealed")
            for film in films:
                assert film.sha256 == hashlib.sha256(model.content).hexdigest()
                assert self.objects.read_range(film.key, 0, model.size + 1) == model.content
            if model.state == "live":
                received = parts.received(Upload.objects.get(pk=upload_id).pk)
                assert received == model.arrived

    def teardown(self) -> None:
        for model in self.models:
            Upload.objects.filter(
                pk=model.place.rpartition("/")[2], sealed_at__isnull=True, ended_at__isnull=True
            ).update(ended_at=clock.now(), ended_why="terminated")
        yesterday = clock.now() - limits.DAY  # so that no later example meets the daily limit
        Upload.objects.filter(sealed_at__isnull=False).update(sealed_at=yesterday)
        cleaning.remove_abandoned(now=clock.now())
