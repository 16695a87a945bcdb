"""What PostgreSQL keeps is written once: whoever looks for a function finds the one that is in force."""

import re
from collections import Counter
from collections.abc import Iterable
from importlib import import_module

from django.db.migrations.operations import RunSQL

from house.sources import HOUSE

# What a migration of a later release replaced, and the file in which it is in force. See docs/adr/0098.
REPLACED: dict[str, str] = {
    "function hearth.parts_in/1": "access/sql/in_the_leads_place.sql",
    "function hearth.promise_kept/7": "assurance/sql/ended_late.sql",
    "function hearth.search_notes/2": "cases/sql/rare_words.sql",
}
MAKING = re.compile(
    r"create (?:or replace )?(?:"
    r"(?:function|procedure) (?P<routine>[\w.%$]+)\s*\((?P<takes>.*?)\)\s+(?:returns|language|security|stable)"
    r"|policy (?P<policy>\w+) on (?P<rows>[\w.%]+)"
    r"|(?:constraint )?trigger (?P<trigger>\w+) (?:before|after|instead of) .*? on (?P<watched>[\w.%]+)"
    r"|(?:unique )?index (?P<index>\w+) on"
    r"|table (?P<table>[\w.]+) \()",
    re.IGNORECASE | re.DOTALL,
)


def made(sql: str) -> list[str]:
    """What a text makes: functions with what they take, policies and triggers with their table, indexes, tables."""
    found = []
    for making in MAKING.finditer(re.sub(r"--[^\n]*", "", sql)):
        said = making.groupdict()
        if said["routine"]:
            takes = said["takes"].strip()
            found.append(f"function {said['routine']}/{takes.count(',') + 1 if takes else 0}")
        elif said["policy"]:
            found.append(f"policy {said['policy']} on {said['rows'].removeprefix('public.')}")
        elif said["trigger"]:
            found.append(f"trigger {said['trigger']} on {said['watched'].removeprefix('public.')}")
        else:
            found.append(f"index {said['index']}" if said["index"] else f"table {said['table']}")
    return found


def twice(texts: Iterable[str]) -> list[str]:
    """What these texts make more than once."""
    return [name for name, times in Counter(name for text in texts for name in made(text)).items() if times > 1]


def sent() -> list[str]:
    """Every statement of every migration of ours."""
    texts: list[str] = []
    for file in sorted(HOUSE.glob("*/migrations/[0-9]*.py")):
        module = import_module(f"hearth.{file.parent.parent.name}.migrations.{file.stem}")
        for operation in module.Migration.operations:
            if isinstance(operation, RunSQL):
                texts += [operation.sql] if isinstance(operation.sql, str) else [str(each) for each in operation.sql]
    return texts


def test_no_function_policy_or_trigger_is_written_twice():
    texts = sent()
    assert len({name for text in texts for name in made(text)}) > 500
    assert [name for name in twice(texts) if name not in REPLACED] == []


def test_every_file_of_sql_is_installed_once():
    texts = sent()
    files = [file for file in sorted(HOUSE.glob("*/sql/*")) if texts.count(file.read_text()) != 1]
    assert files == []


FUNCTION = "create function hearth.me({}) returns bigint stable language sql as $$ select 1 $$;"
TRIGGER = "create trigger keep before insert or update{} on {} for each row execute function hearth.keep();"


def test_what_is_written_twice_is_found():
    """The control. The same name for other arguments, or on another table, is something else."""
    again = FUNCTION.format("a text, b text").replace("create", "create or replace")
    assert twice([FUNCTION.format("a text,\n  b text") + again]) == ["function hearth.me/2"]
    assert twice([FUNCTION.format(""), FUNCTION.format("a text")]) == []
    assert twice([f"-- {FUNCTION.format('')}\n{FUNCTION.format('')}"]) == []
    policy = "create policy seen on homes for select to hearth_narrow using (true);"
    assert twice([policy, policy.replace("homes", "public.homes")]) == ["policy seen on homes"]
    assert twice([policy, policy.replace("homes", "people")]) == []
    assert twice([TRIGGER.format(" of parts", "homes"), TRIGGER.format("", "homes")]) == ["trigger keep on homes"]
    assert twice([TRIGGER.format("", "homes"), TRIGGER.format("", "people")]) == []
