"""As whom PostgreSQL runs. It refuses to run as root, so root has to become somebody else.

First choice is a user namespace: inside it the process is an ordinary user, outside its files stay
root's, and no folder has to be opened to anybody. Containers may forbid namespaces: then the
process really becomes `nobody`, which must be able to reach the programs and the data folder.
"""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from paike.config.refusal import refuse


@dataclass(frozen=True)
class Identity:
    """`prefix` goes before every PostgreSQL command; `owner` must own its files, None: ourselves."""

    name: str
    prefix: tuple[str, ...] = ()
    owner: tuple[int, int] | None = None


def choose() -> Identity:
    """Ourselves, unless we are root. Raises Refusal when root has no way to become another user."""
    if os.geteuid() != 0:
        return Identity(name="self")
    for identity in (namespace(), other_user()):
        if identity and _works([*identity.prefix, "true"]):
            return identity
    raise refuse(
        "PostgreSQL 不能以 root 运行，而本机既不允许用户命名空间（unshare），也无法用 setpriv 切换用户。"
        "请用普通用户启动，或设置 PAIKE_DATABASE_URL。",
        "PostgreSQL can't run as root, and this machine allows neither user namespaces (unshare) "
        "nor setpriv. Start as an ordinary user, or set PAIKE_DATABASE_URL.",
    )


def namespace() -> Identity | None:
    """A user namespace in which we are an ordinary user."""
    person = _ordinary()
    if person is None:
        return None
    user, group = f"--map-user={person.pw_uid}", f"--map-group={person.pw_gid}"
    return Identity(name="namespace", prefix=("unshare", "--user", user, group))


def other_user() -> Identity | None:
    """Really becoming an ordinary user, for machines that forbid namespaces."""
    person = _ordinary()
    if person is None:
        return None
    user, group = f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}"
    return Identity(
        name="nobody",
        prefix=("setpriv", user, group, "--clear-groups", "--inh-caps=-all", "--no-new-privs"),
        owner=(person.pw_uid, person.pw_gid),
    )


def reach(identity: Identity, paths: Sequence[Path]) -> None:
    """Check that `identity` can enter the folders `paths`. Raises Refusal naming the first it can't."""
    for path in paths:
        if identity.owner and not _works([*identity.prefix, "test", "-x", str(path)]):
            raise refuse(
                f"用户 nobody 无法进入 {path}。请把它放到 nobody 可以到达的位置（例如 /opt、/srv），"
                "或以普通用户运行。",
                f"The user nobody can't enter {path}. Put it where nobody can reach it (for "
                "example below /opt or /srv), or run as an ordinary user.",
            )


def _ordinary() -> pwd.struct_passwd | None:
    # initdb looks its user up by number, so the number must belong to somebody.
    people = [person for person in pwd.getpwall() if person.pw_uid != 0]
    people.sort(key=lambda person: (person.pw_name != "nobody", person.pw_uid))
    return people[0] if people else None


def _works(command: Sequence[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
    except FileNotFoundError:
        return False
