"""A locked stream opens whole and as it was, or not at all."""

import io

import pytest

from hearth.cli.postgres.locked import CHUNK, MARK, SALT, TAG, CannotOpen, Locking, Opened, name_of

KEY, ABOUT = bytes(range(32)), b"a backup"
HEAD, LOCKED = len(MARK) + SALT, CHUNK + TAG
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK]


def locked(text, *, about=ABOUT):
    target = io.BytesIO()
    locking = Locking(target, KEY, about)
    for begin in range(0, len(text), 700_001):  # never in step with the chunks
        locking.write(text[begin : begin + 700_001])
    locking.close()
    return target.getvalue()


def opened(stream, *, key=KEY, about=ABOUT):
    reading, found = Opened(io.BytesIO(stream), key, about), b""
    while part := reading.read(333_333):
        found += part
    return found


@pytest.mark.parametrize("size", SIZES)
def test_what_was_locked_opens_as_it_was(size):
    text = (bytes(range(256)) * (size // 256 + 1))[:size]
    assert opened(locked(text)) == text


def test_the_same_text_is_never_locked_the_same_twice():
    assert locked(b"a promise") != locked(b"a promise")
    assert b"promise" not in locked(b"a promise")


@pytest.mark.parametrize("where", [0, len(MARK), HEAD, HEAD + LOCKED, -1])
def test_a_changed_byte_does_not_open(where):
    stream = bytearray(locked(b"x" * (CHUNK + 5)))
    stream[where] ^= 1
    with pytest.raises(CannotOpen):
        opened(bytes(stream))


def cut(stream):
    """The last chunk left out: what stays is whole chunks."""
    return stream[: HEAD + 2 * LOCKED]


def swapped(stream):
    first, second = stream[HEAD : HEAD + LOCKED], stream[HEAD + LOCKED : HEAD + 2 * LOCKED]
    return stream[:HEAD] + second + first + stream[HEAD + 2 * LOCKED :]


def repeated(stream):
    return stream[: HEAD + LOCKED] + stream[HEAD:]


def longer(stream):
    return stream + stream[HEAD : HEAD + LOCKED]


@pytest.mark.parametrize("change", [cut, swapped, repeated, longer, lambda _: b"", lambda stream: stream[:HEAD]])
def test_chunks_left_out_moved_repeated_or_added_do_not_open(change):
    stream = locked(b"".join(bytes([n]) * CHUNK for n in range(3)))
    assert opened(stream)
    with pytest.raises(CannotOpen):
        opened(change(stream))


def test_another_key_or_another_backup_does_not_open():
    with pytest.raises(CannotOpen):
        opened(locked(b"a promise"), key=bytes(32))
    with pytest.raises(CannotOpen):
        opened(locked(b"a promise", about=b"another backup"))


def test_a_key_has_a_name_that_is_not_the_key():
    assert name_of(KEY) != name_of(bytes(32))
    assert name_of(KEY) not in KEY.hex()
