import base64
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection

from paike.campaigns.models import Campaign
from paike.entries.models import Entry
from paike.voting.actions import ballot_logs, sequencing
from paike.voting.adapters.publishing import Behind, Forked, NotItsHead, Publisher, Unconfirmed
from paike.voting.models import BallotLog
from paike.voting.queries import log_entries, published
from paike.voting.rules.ballot_log import checkpoints, merkle, notes, tiles
from tests.factories import ballots, race

NOW = race.NOW


@pytest.fixture
def publisher(folder: Path) -> Publisher:
    return start(folder)


_running: list[Publisher] = []


def start(folder: Path, *, now: datetime = NOW) -> Publisher:
    """A new sequencer's publisher; the one before it is dead."""
    while _running:
        _running.pop().close()
    made = Publisher(folder, now=lambda: now)
    _running.append(made)
    made.check()
    return made


def cast(call: Campaign, number: int) -> None:
    works = list(Entry.objects.filter(campaign=call).order_by("number"))
    for _ in range(number):
        ballots.cast(call, works[:5], now=NOW)


def turn(call: Campaign, publisher: Publisher | None) -> None:
    while added := sequencing.sequence(campaign_id=call.pk):
        if publisher is not None:
            publisher.add(added)


def head(call: Campaign) -> checkpoints.Checkpoint:
    note = published.read(call.slug, "checkpoint")
    assert note is not None
    return checkpoints.parse(notes.parse(note.decode()).text)


def same_as_database(call: Campaign) -> bool:
    log = BallotLog.objects.get(campaign=call)
    found = head(call)
    root = merkle.Frontier.read(log.size, bytes(log.frontier)).root()
    return (found.size, found.root) == (log.size, root)


@pytest.mark.django_db
def test_every_turn_is_published(call: Campaign, publisher: Publisher) -> None:
    for number in (1, 3, 0, 2):
        cast(call, number)
        turn(call, publisher)
        assert same_as_database(call)
    assert head(call).size == 2 + 6


def test_what_was_committed_before_a_crash_follows(
    call: Campaign, publisher: Publisher, folder: Path
) -> None:
    cast(call, 3)
    turn(call, publisher)
    cast(call, 4)
    turn(call, None)  # died between the COMMIT and the files
    assert head(call).size == 5
    start(folder)
    assert same_as_database(call)


def test_a_turn_that_was_missed_is_read_again(call: Campaign, publisher: Publisher) -> None:
    turn(call, publisher)
    cast(call, 2)
    turn(call, None)
    cast(call, 2)
    turn(call, publisher)
    assert same_as_database(call)


def test_damaged_files_are_made_again(call: Campaign, publisher: Publisher, folder: Path) -> None:
    cast(call, 5)
    turn(call, publisher)
    tile = next((folder / call.slug / "tile/0/000.p").iterdir())
    tile.write_bytes(bytes(7 * 32))
    start(folder)
    assert tile.read_bytes() != bytes(7 * 32)
    assert same_as_database(call)


def lose_the_last_entries(call: Campaign, size: int) -> None:
    """Put the database back to an earlier state, as an old backup does."""
    log = BallotLog.objects.get(campaign=call)
    entries = log_entries.read(call.pk, first=0, end=size)
    frontier = merkle.Frontier()
    frontier.extend(merkle.leaf_hash(entry) for entry in entries)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # triggers protect entries
        cursor.execute(
            "DELETE FROM voting_logentry WHERE campaign_id = %s AND index >= %s", [call.pk, size]
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    log.size, log.frontier = size, frontier.pack()
    log.save(update_fields=["size", "frontier"])


def test_an_old_backup_does_not_start(call: Campaign, publisher: Publisher, folder: Path) -> None:
    cast(call, 5)
    turn(call, publisher)
    before = (folder / call.slug / "checkpoint").read_bytes()
    lose_the_last_entries(call, 4)
    with pytest.raises(Behind) as refused:
        start(folder)
    assert "7" in refused.value.text.zh
    assert "4" in refused.value.text.en
    assert (folder / call.slug / "checkpoint").read_bytes() == before


def test_nor_one_that_took_other_ballots_since(
    call: Campaign, publisher: Publisher, folder: Path
) -> None:
    cast(call, 5)
    turn(call, publisher)
    lose_the_last_entries(call, 4)
    cast(call, 8)
    turn(call, None)
    with pytest.raises(Forked):
        start(folder)
    # Nor does a damaged tile hide it.
    for tile in (folder / call.slug / "tile/0/000.p").iterdir():
        tile.unlink()
    with pytest.raises(Forked):
        start(folder)


def test_nor_one_that_is_behind_a_witness(
    call: Campaign, publisher: Publisher, folder: Path
) -> None:
    cast(call, 5)
    turn(call, publisher)
    seen = (folder / call.slug / "checkpoint").read_bytes()
    lose_the_last_entries(call, 4)
    shutil.rmtree(folder / call.slug)
    (folder / call.slug / "cosigned").mkdir(parents=True)
    (folder / call.slug / "cosigned" / "somebody").write_bytes(seen)
    with pytest.raises(Behind):
        start(folder)


def test_nor_one_that_differs_from_what_a_witness_signed(
    call: Campaign, publisher: Publisher, folder: Path
) -> None:
    """The files and the database tell the same history, and a witness knows another one."""
    cast(call, 5)
    turn(call, publisher)
    checkpoint = folder / call.slug / "checkpoint"
    cosigned = folder / call.slug / "cosigned" / "somebody"
    cosigned.parent.mkdir()
    cosigned.write_bytes(checkpoint.read_bytes())
    cast(call, 300)
    turn(call, publisher)
    start(folder)  # of the same history, and long behind
    other = base64.b64encode(bytes(32)).decode()
    cosigned.write_text(f"{BallotLog.objects.get().origin}\n6\n{other}\n\n— x AAAAAAA=\n", "utf-8")
    with pytest.raises(Forked):
        start(folder)


@pytest.mark.parametrize("what", ["everything", "checkpoint", "damaged"])
def test_files_that_were_lost_are_made_again_when_a_person_has_found_the_head(
    call: Campaign, publisher: Publisher, folder: Path, what: str
) -> None:
    """Nothing is left that tells how far the log was published: the database may be an old one."""
    cast(call, 5)
    turn(call, publisher)
    log, checkpoint = BallotLog.objects.get(campaign=call), folder / call.slug / "checkpoint"
    newest = checkpoint.read_text("utf-8")
    if what == "everything":
        shutil.rmtree(folder / call.slug)
    elif what == "checkpoint":
        checkpoint.unlink()
    else:
        checkpoint.write_text(newest[:20], "utf-8")
    with pytest.raises(Unconfirmed) as refused:
        start(folder)
    assert f"paike log confirm --campaign {call.slug}" in refused.value.text.zh
    with pytest.raises(Unconfirmed):
        Publisher(folder, now=lambda: NOW).look()
    _running[-1].confirm(log, newest)
    start(folder)
    assert same_as_database(call)


def test_a_halted_log_goes_on_when_a_person_has_found_the_head(
    call: Campaign, publisher: Publisher, folder: Path
) -> None:
    """As after a restore: here everything fits, and what is elsewhere nobody here knows."""
    cast(call, 5)
    turn(call, publisher)
    older = (folder / call.slug / "checkpoint").read_text("utf-8")
    cast(call, 1)
    turn(call, publisher)
    newest = (folder / call.slug / "checkpoint").read_text("utf-8")
    log = BallotLog.objects.get(campaign=call)
    ballot_logs.halt(log.pk, now=NOW)
    with pytest.raises(Unconfirmed):
        start(folder)
    for wrong in ("nonsense", newest.replace("8\n", "9\n", 1), newest.replace("— ", "— x", 1)):
        with pytest.raises(NotItsHead):
            _running[-1].confirm(log, wrong)
    _running[-1].confirm(log, older)
    start(folder)
    ballot_logs.halt(log.pk, now=NOW)
    (folder / call.slug / "checkpoint").write_text(older, "utf-8")  # as it lay in the backup
    lose_the_last_entries(call, 7)
    with pytest.raises(Behind):
        _running[-1].confirm(BallotLog.objects.get(campaign=call), newest)
    BallotLog.objects.update(halted_at=None)  # by somebody who would not wait
    cast(call, 2)
    turn(call, None)
    ballot_logs.halt(log.pk, now=NOW)
    with pytest.raises(Forked):
        _running[-1].confirm(BallotLog.objects.get(campaign=call), newest)
    assert BallotLog.objects.get(campaign=call).halted_at is not None


@pytest.mark.parametrize("counts", ["live", "every-10-minutes", "hidden"])
def test_entries_follow_the_figures_that_are_shown(folder: Path, db: None, counts: str) -> None:
    call = race.campaign(replace={'counts = "frozen-last-day"': f'counts = "{counts}"'})
    race.shortlist(call, works=7)
    ballots.open_vote(call, now=NOW)
    publisher = start(folder, now=NOW + timedelta(minutes=1))
    cast(call, 3)
    turn(call, publisher)
    readable = 5 if counts == "live" else 2  # rules and opening
    width = head(call).size
    assert width == 5
    bundle = published.read(call.slug, f"tile/entries/000.p/{readable}")
    assert bundle is not None
    assert len(tiles.unpack(bundle, width=readable)) == readable
    if counts == "live":
        return
    assert published.read(call.slug, "tile/entries/000.p/5") is None
    if counts == "every-10-minutes":
        sequencing.keep_snapshots(now=NOW + timedelta(minutes=20))
        start(folder, now=NOW + timedelta(minutes=20)).reveal()
        assert published.read(call.slug, "tile/entries/000.p/5") is not None


def test_a_proof_leads_from_every_entry_to_the_checkpoint(
    call: Campaign, publisher: Publisher
) -> None:
    cast(call, 4)
    turn(call, publisher)
    entries = log_entries.read(call.pk, first=0, end=6)
    for index, entry in enumerate(entries):
        proof = published.proof(call.slug, index)
        assert proof is not None
        first, place, *rest = proof.split("\n\n")[0].split("\n")
        assert (first, place) == ("c2sp.org/tlog-proof@v1", f"index {index}")
        path = [base64.b64decode(line) for line in rest]
        leaf = merkle.leaf_hash(entry)
        root = merkle.root_by_path(leaf, index=index, size=6, path=path)
        assert root == head(call).root
    assert published.proof(call.slug, 6) is None
    assert published.proof("no-such-call", 0) is None
