"""Every field is declared personal or plain with its retention rule."""

from django.apps import apps
from django.db import models

from hearth.access.personal import RETENTION, Kept, declared, gaps


def our_tables():
    return [model for model in apps.get_models() if model.__module__.startswith("hearth.")]


def test_every_field_is_declared_personal_or_plain():
    """Feature: retention, subject access and scrubbed copies read the same declaration."""
    assert list(gaps(our_tables(), declared())) == []
    assert len(our_tables()) > 10
    assert all(kept.retention in RETENTION for kept in declared().values())


def test_an_undeclared_field_is_found():
    class Diary(models.Model):
        words = models.TextField()
        written_at = models.DateTimeField()

        class Meta:
            app_label = "access"
            managed = False

    apps.all_models["access"].pop("diary")
    assert "access.Diary is not declared" in next(gaps([Diary], {}))
    wrong = {"access.Diary": Kept("until tea", frozenset({"words", "id"}), frozenset({"id", "colour"}))}
    assert list(gaps([Diary], {**wrong, "access.Gone": Kept("record", frozenset(), frozenset())})) == [
        "access.Diary.written_at is neither personal nor plain",
        "access.Diary.id is both",
        "access.Diary.colour does not exist",
        "access.Diary: nobody knows the retention rule 'until tea'",
        "access.Gone does not exist",
    ]
