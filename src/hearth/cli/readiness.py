"""What `hearth serve` refuses to start with. Each refusal is a sentence that says what to change."""

import stat
from collections.abc import Mapping
from pathlib import Path

DEMONSTRATION = "demonstration"  # the name of a file among the keys, and the words on a demonstration's database
SHORTEST_SECRET = 50
ABLE_TO_READ_ALL = """
    select rolsuper or rolbypassrls
        or exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
                   where n.nspname = 'public' and c.relkind in ('r', 'p') and pg_has_role(r.oid, c.relowner, 'usage'))
    from pg_roles r where rolname = current_user
"""
MARK = "select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()"


def refusals(told: Mapping[str, str]) -> list[str]:
    """Everything that stands in the way of real use, all at once."""
    return [*_about_keys(told), *_about_mail(told), *_about_database()]


def _about_keys(told: Mapping[str, str]) -> list[str]:
    keys = Path(told["HEARTH_KEYS"])
    wrong = []
    if (keys / DEMONSTRATION).exists():
        wrong.append(f"The keys in {keys} are a demonstration's. Let HEARTH_KEYS name a folder of your own.")
    elif keys.is_dir() and stat.S_IMODE(keys.stat().st_mode) & 0o077:
        wrong.append(f"Others on this machine can look into {keys}. Close it: chmod 700 {keys}.")
    if told.get("HEARTH_PLAIN_HTTP"):
        wrong.append("HEARTH_PLAIN_HTTP lets cookies travel in the clear. Unset it.")
    if len(told.get("HEARTH_SECRET_KEY", "")) < SHORTEST_SECRET:
        wrong.append(f"HEARTH_SECRET_KEY must hold at least {SHORTEST_SECRET} random characters.")
    return wrong


def _about_mail(told: Mapping[str, str]) -> list[str]:
    mail = told.get("HEARTH_EMAIL", "")
    if mail == "off" or mail.startswith(("smtp://", "smtps://")):
        return []
    return ["HEARTH_EMAIL must say how to send mail (smtp://...), or off if nobody is to be told by e-mail."]


def _about_database() -> list[str]:
    """Asked of the database itself, as the role that would serve."""
    import django
    from django.db import OperationalError, connection

    django.setup()
    try:
        with connection.cursor() as cursor:
            cursor.execute(ABLE_TO_READ_ALL)
            reads_all = bool((cursor.fetchone() or [True])[0])
            cursor.execute(MARK)
            mark = (cursor.fetchone() or [""])[0] or ""
    except OperationalError as problem:
        return [f"The database cannot be reached: {str(problem).strip().splitlines()[-1]}"]
    wrong = []
    if reads_all:
        wrong.append("The database role could read past row security. Sign in as hearth_app.")
    if mark.startswith(DEMONSTRATION):
        wrong.append("The database is a demonstration's and has its sign-ins. Use a database of your own.")
    return wrong
