"""The vote's public log goes along with the exhibition, and the one file that verifies it: whoever has
the package can count again, for as long as anybody keeps it."""

from paike.exhibition.actions.folders import Folder
from paike.voting.queries import heads, published, verifier

PLACE = "ballot-log"


def add(folder: Folder, *, slug: str) -> None:
    """Nothing, while there is no log or the vote is not over: an unfinished log proves little."""
    head = heads.of_call(slug)
    if head is None or head.closed_at is None:
        return
    for path, data in published.files(slug):
        folder.write(f"{PLACE}/{path}", data)
    folder.write(f"{PLACE}/{verifier.NAME}", verifier.packed())
