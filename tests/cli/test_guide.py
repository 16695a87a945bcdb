"""The command explains itself, and fails in one sentence."""

import argparse

import pytest

from hearth.cli.guide import parser


def commands_of(program, before=()):
    """Every command there is, by the words that call it."""
    for action in program._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield " ".join([*before, name])
                yield from commands_of(inner, (*before, name))


COMMANDS = sorted(commands_of(parser()))


def test_the_commands_the_readme_and_the_guides_name_are_among_them():
    assert {"demo", "test", "serve", "pg restore", "replay", "ledger verify", "pack simulate", "fill"} <= set(COMMANDS)


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_a_page_of_help(capsys, command):
    from hearth.cli import main

    with pytest.raises(SystemExit) as ended:
        main([*command.split(), "--help"])
    assert ended.value.code == 0
    assert f"usage: hearth {command}".strip() in capsys.readouterr().out


def test_wrong_words_are_told_on_stderr_with_exit_code_2(capsys):
    from hearth.cli import main

    with pytest.raises(SystemExit) as ended:
        main(["banana"])
    assert ended.value.code == 2
    heard = capsys.readouterr()
    assert not heard.out
    assert "banana" in heard.err


def test_a_problem_is_one_sentence_on_stderr_with_exit_code_1(hearth):
    done = hearth("pg", "status", HEARTH_DATABASE_URL="postgresql:///elsewhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("hearth: HEARTH_DATABASE_URL names another PostgreSQL")
    assert done.stderr.count("\n") == 1


def test_a_folder_nobody_may_write_is_one_sentence(monkeypatch, capsys):
    from hearth.cli import main, places

    def refuse() -> None:
        raise PermissionError(13, "Permission denied", "/somewhere")

    monkeypatch.delenv("HEARTH_DATABASE_URL")
    monkeypatch.setattr(places, "home", refuse)
    assert main(["pg", "status"]) == 1
    assert capsys.readouterr().err == (
        "hearth: Hearth may not read or write /somewhere. Run it as the user who owns that folder.\n"
    )


def test_the_roles_can_be_printed_for_a_postgresql_of_ones_own(hearth):
    done = hearth("migrate", "--roles")
    assert done.returncode == 0
    assert "hearth_app" in done.stdout
    assert "bypassrls" not in done.stdout.lower().replace("has bypassrls", "")
