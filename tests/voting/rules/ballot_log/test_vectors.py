"""The vectors that stand beside the specification are what the code makes, and hold by themselves."""

import base64
import hashlib
import json

import pytest

from paike.voting.rules.ballot_log import checkpoints, merkle, notes
from tools import ballot_log_vectors

pytestmark = pytest.mark.rules

VECTORS = json.loads(ballot_log_vectors.FILE.read_text(encoding="utf-8"))


def test_the_file_is_what_the_code_makes() -> None:
    made = ballot_log_vectors.text()
    assert made == ballot_log_vectors.FILE.read_text(encoding="utf-8"), (
        "run: python -m tools.ballot_log_vectors --write"
    )


def test_leaf_hashes_are_sha256_behind_a_zero() -> None:
    for entry, given in zip(VECTORS["entries"], VECTORS["leaf_hashes"], strict=True):
        assert base64.b64decode(given) == hashlib.sha256(b"\0" + entry.encode()).digest()


def test_every_path_leads_to_its_root_and_no_other() -> None:
    for one in VECTORS["inclusion"]:
        leaf = base64.b64decode(VECTORS["leaf_hashes"][one["index"]])
        path = [base64.b64decode(each) for each in one["path"]]
        place = {"index": one["index"], "size": one["size"]}
        root = base64.b64decode(VECTORS["roots"][str(one["size"])])
        assert merkle.root_by_path(leaf, path=path, **place) == root
        assert merkle.root_by_path(bytes(32), path=path, **place) != root


def test_the_checkpoint_names_the_last_root() -> None:
    head = checkpoints.parse(notes.parse(VECTORS["checkpoint"]).text)
    assert (head.origin, head.size) == (VECTORS["origin"], len(VECTORS["entries"]))
    assert base64.b64encode(head.root).decode() == VECTORS["roots"][str(head.size)]
    key = notes.parse_key(VECTORS["vkey"])
    assert key.name == VECTORS["origin"]


def test_an_index_over_a_thousand_is_written_in_groups() -> None:
    assert VECTORS["paths"]["level 0, tile 1234067, full"] == "tile/0/x001/x234/067"
    assert VECTORS["paths"]["entries, tile 1001, 3 entries"] == "tile/entries/x001/001.p/3"
