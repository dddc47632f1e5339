"""The data folder: who may enter it, and the secrets that are made once."""

import os
import secrets
from pathlib import Path

from paike.config import options
from paike.config.refusal import refuse

# ruff: noqa: PLC0415 - the vault needs Django's settings, which need the folder made here


def prepare() -> Path:
    """Make the data folder and its secrets for a new installation; returns the folder.

    Raises Refusal when a database is there but a secret is not: a new one would sign everybody out
    and make personal data unreadable, so it must come from a backup.
    """
    data = options.data_folder()
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    if data.stat().st_mode & 0o066:
        data.chmod(0o700)
    keys = data / "keys"
    keys.mkdir(mode=0o700, exist_ok=True)
    used = (data / "postgres" / "PG_VERSION").exists()
    for name in ("secret-key", "keyring.json"):
        if used and not (keys / name).exists():
            raise missing(keys / name)
    _secret_key(keys / "secret-key")
    from paike.vault import keyring

    keyring.create(keys / "keyring.json")
    return data


def require_keys() -> None:
    """For every process that signs or reads personal data. Raises Refusal when a key is missing."""
    keys = options.data_folder() / "keys"
    for name in ("secret-key", "keyring.json"):
        if not (keys / name).exists():
            raise missing(keys / name)


def missing(path: Path) -> Exception:
    """The refusal for a key file that is not there."""
    return refuse(
        f"缺少密钥文件 {path}。新的数据目录请运行 paike up；已有数据的，请从备份恢复此文件，"
        "不要新建：没有它，登录状态和个人信息都无法读取。",
        f"The key file {path} is missing. A new data folder gets one from `paike up`; for existing "
        "data put it back from the backup, never make a new one: nothing personal could be read.",
    )


def _secret_key(path: Path) -> None:
    if path.exists():
        return
    partial = path.with_suffix(".partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
