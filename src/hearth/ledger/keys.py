"""The key that signs seals. It lives in a file outside the database; its public half stays for ever, to verify with."""

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PRIVATE = "ledger-seal.key"
PUBLIC = "ledger-seal-{}.pub"

type PublicKeys = Mapping[str, Ed25519PublicKey]


@dataclass(frozen=True)
class Signer:
    """Signs seals under one key, which it names."""

    name: str
    private: Ed25519PrivateKey

    def sign(self, text: bytes) -> bytes:
        return self.private.sign(text)


def signer(folder: Path) -> Signer:
    """The signing key of that folder, made on first use. A new key is begun by moving the old private file away."""
    path = folder / PRIVATE
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(path, Ed25519PrivateKey.generate().private_bytes_raw(), 0o600)
    private = Ed25519PrivateKey.from_private_bytes(path.read_bytes())
    public = private.public_key().public_bytes_raw()
    name = hashlib.sha256(public).hexdigest()[:16]
    _write_once(folder / PUBLIC.format(name), public.hex().encode() + b"\n", 0o644)
    return Signer(name, private)


def public_keys(folder: Path) -> PublicKeys:
    """Every public key ever used, by its name. A file whose name is not its key's is not believed."""
    found = {}
    for path in folder.glob(PUBLIC.format("*")):
        raw = bytes.fromhex(path.read_text().strip())
        name = hashlib.sha256(raw).hexdigest()[:16]
        if path.name == PUBLIC.format(name):
            found[name] = Ed25519PublicKey.from_public_bytes(raw)
    return found


def _write_once(path: Path, content: bytes, mode: int) -> None:
    """Write a file wholly or not at all, and never over another."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(content)
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
