"""A sealed value opens only where it was put, under a key that is not in the database."""

import pytest

from hearth.access import encryption
from hearth.access.encryption import CannotOpen, add_key, decrypt, encrypt

HERE = {"table": "people_safeaddress", "row": "7", "column": "address"}


@pytest.fixture(autouse=True)
def own_keyring(settings_keys):
    encryption._cipher.cache_clear()
    yield
    encryption._cipher.cache_clear()


@pytest.fixture
def settings_keys(tmp_path, monkeypatch):
    from django.conf import settings

    monkeypatch.setattr(settings, "HEARTH_KEYS", tmp_path)
    return tmp_path


def test_a_value_opens_in_its_own_place():
    assert decrypt(encrypt(b"9 Larch Road", **HERE), **HERE) == b"9 Larch Road"
    assert encrypt(b"9 Larch Road", **HERE) != encrypt(b"9 Larch Road", **HERE)


@pytest.mark.parametrize("moved", [{"row": "8"}, {"column": "name"}, {"table": "people_other"}])
def test_a_value_moved_to_another_place_does_not_open(moved):
    with pytest.raises(CannotOpen):
        decrypt(encrypt(b"9 Larch Road", **HERE), **{**HERE, **moved})


@pytest.mark.parametrize("broken", [b"", b"\0", b"\0\1short", b"\0\2" + b"x" * 40])
def test_what_is_not_a_sealed_value_does_not_open(broken):
    encrypt(b"makes the first key", **HERE)
    with pytest.raises(CannotOpen):
        decrypt(broken, **HERE)


def test_a_new_key_seals_from_now_on_and_the_old_one_still_opens(settings_keys):
    old = encrypt(b"before", **HERE)
    assert add_key() == 2
    new = encrypt(b"after", **HERE)
    assert (old[:2], new[:2]) == (b"\0\1", b"\0\2")
    assert (decrypt(old, **HERE), decrypt(new, **HERE)) == (b"before", b"after")
    (settings_keys / "keyring" / "0001.key").unlink()
    with pytest.raises(CannotOpen):
        decrypt(old, **HERE)
