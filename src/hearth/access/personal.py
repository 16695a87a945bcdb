"""What is personal. One declaration serves retention, subject access and scrubbed copies.

Each app declares every field of its tables in its `terms.py`:

    PERSONAL = {"Concern": ("record", "words reporter_name", "id public_id circle restricted")}

the retention rule, the personal fields, the plain ones. A field nobody declared fails a test (tests/house).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import models

RETENTION = {
    "house": "kept while the house stands: posts, teams, homes, policies, rules",
    "user": "kept with the user, and after he left as long as records name him",
    "person": "kept with the person, until the last record about him is disposed of",
    "record": "kept with the circle's record, and disposed of with it",
    "ledger": "kept for ever as codes and digests",
    "short": "gone by itself within days: drafts, messages sent, sessions, queues",
}


@dataclass(frozen=True)
class Kept:
    """How one table's rows are kept, and which of its fields speak about somebody."""

    retention: str
    personal: frozenset[str]
    plain: frozenset[str]


def declared() -> dict[str, Kept]:
    """Every table's declaration, by the model's label (`concerns.Concern`)."""
    return {
        f"{config.label}.{model}": Kept(retention, frozenset(personal.split()), frozenset(plain.split()))
        for config in apps.get_app_configs()
        if config.name.startswith("hearth.") and find_spec(f"{config.name}.terms")
        for model, (retention, personal, plain) in getattr(
            import_module(f"{config.name}.terms"), "PERSONAL", {}
        ).items()
    }


def gaps(tables: list[type[models.Model]], kept: dict[str, Kept]) -> Iterator[str]:
    """What is not declared, declared twice or declared and not there."""
    for table in tables:
        label, fields = table._meta.label, {field.name for field in table._meta.concrete_fields}
        if label not in kept:
            stub = f'PERSONAL = {{"{table.__name__}": ("record", "PERSONAL FIELDS", "{" ".join(sorted(fields))}")}}'
            yield f"{label} is not declared; in the app's terms.py: {stub}"
            continue
        said = kept[label]
        yield from (
            f"{label}.{name} is neither personal nor plain" for name in sorted(fields - said.personal - said.plain)
        )
        yield from (f"{label}.{name} is both" for name in sorted(said.personal & said.plain))
        yield from (f"{label}.{name} does not exist" for name in sorted((said.personal | said.plain) - fields))
        if said.retention not in RETENTION:
            yield f"{label}: nobody knows the retention rule {said.retention!r}"
    known = {table._meta.label for table in tables}
    yield from (f"{label} does not exist" for label in sorted(kept.keys() - known))
