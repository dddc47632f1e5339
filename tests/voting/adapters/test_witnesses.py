"""A witness's signature, made by the program that witnesses run, is taken in and published."""

import subprocess
import sys
from pathlib import Path

import pytest

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.voting.actions import sequencing
from paike.voting.adapters import witnesses
from paike.voting.adapters.publishing import Behind, Publisher
from paike.voting.models import BallotLog
from paike.voting.queries import published
from paike.voting.rules.ballot_log import checkpoints, notes
from paike_verify import pack
from tests.factories import ballots, race

NOW = race.NOW


def publish(call: Campaign, folder: Path, number: int) -> None:
    works = list(Entry.objects.filter(campaign=call).order_by("number"))
    publisher = Publisher(folder, now=lambda: NOW)
    publisher.check()
    for _ in range(number):
        ballots.cast(call, works[:5], now=NOW)
    while added := sequencing.sequence(campaign_id=call.pk):
        publisher.add(added)
    publisher.close()


def witness(place: Path, *arguments: Path | str) -> str:
    program = place / "paike-verify.pyz"
    program.write_bytes(pack.packed())
    command = [sys.executable, "-I", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def signed(call: Campaign, folder: Path, place: Path) -> tuple[str, notes.Key]:
    """The log's newest head with the signature of a new witness, and that witness's key."""
    state, out = place / "state", place / "signed.txt"
    said = witness(place, "witness-new", state, "example.org/witness")
    key = notes.parse_key(said.splitlines()[0].removeprefix("key: "))
    log = folder / call.slug
    witness(place, "witness", state, log, "--key", log / "key.vkey", "--out", out)
    return out.read_text("utf-8"), key


def test_it_is_published_and_verified_by_everybody(
    call: Campaign, folder: Path, tmp_path: Path
) -> None:
    publish(call, folder, 3)
    text, key = signed(call, folder, tmp_path)
    publish(call, folder, 300)  # the log goes on meanwhile
    head = witnesses.accept(text, witness=key, folder=folder)
    assert head.size < BallotLog.objects.get(campaign=call).size
    note = notes.parse((published.read(call.slug, "checkpoint.witnessed") or b"").decode())
    assert checkpoints.parse(note.text) == head
    vkey = notes.verifier_key(key.name, key.public, key.kind)
    assert "example.org/witness" in witness(
        tmp_path, "log", folder / call.slug, "--witness", vkey, "--json"
    )


def test_a_signature_that_does_not_hold_is_not_published(
    call: Campaign, folder: Path, tmp_path: Path
) -> None:
    publish(call, folder, 3)
    text, key = signed(call, folder, tmp_path)
    body, _, lines = text.rpartition("\n\n")
    own, _, other = lines.partition("\n")
    flipped = other[:-6] + ("B" if other[-6] == "A" else "A") + other[-5:]
    stranger = notes.Key(key.name, key.kind, bytes(32))
    for wrong, by, said in (
        ("nonsense", key, witnesses.MALFORMED),
        (f"{body}\n\n{other}", key, witnesses.NOT_SIGNED_BY_LOG),
        (f"{body}\n\n{own}\n{flipped}", key, witnesses.NOT_SIGNED_BY_WITNESS.fill(name=key.name)),
        (text, stranger, witnesses.NOT_SIGNED_BY_WITNESS.fill(name=key.name)),
    ):
        with pytest.raises(witnesses.Unacceptable) as fault:
            witnesses.accept(wrong, witness=by, folder=folder)
        assert fault.value.text == said
    assert published.read(call.slug, "checkpoint.witnessed") is None


def test_a_database_older_than_what_a_witness_signed_does_not_start(
    call: Campaign, folder: Path, tmp_path: Path
) -> None:
    publish(call, folder, 3)
    text, key = signed(call, folder, tmp_path)
    witnesses.accept(text, witness=key, folder=folder)
    # The files are lost with the disk, the witnessed head is put back; the database is of yesterday.
    (folder / call.slug / "checkpoint").unlink()
    BallotLog.objects.filter(campaign=call).update(size=1)
    publisher = Publisher(folder, now=lambda: NOW)
    with pytest.raises(Behind):
        publisher.check()
    publisher.close()


def test_an_older_head_takes_nothing_back(call: Campaign, folder: Path, tmp_path: Path) -> None:
    """A file handed in late, or again: the furthest head is what a restored database is held to."""
    publish(call, folder, 3)
    older, key = signed(call, folder, tmp_path)
    publish(call, folder, 5)
    out, log = tmp_path / "newer.txt", folder / call.slug
    witness(tmp_path, "witness", tmp_path / "state", log, "--key", log / "key.vkey", "--out", out)
    newer = witnesses.accept(out.read_text("utf-8"), witness=key, folder=folder)
    assert witnesses.accept(older, witness=key, folder=folder).size < newer.size
    note = notes.parse((published.read(call.slug, "checkpoint.witnessed") or b"").decode())
    assert checkpoints.parse(note.text) == newer
