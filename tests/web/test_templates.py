"""Templates: all of them compile, all sentences can be translated, and none brings a script or style of its own."""

import re
from pathlib import Path

import pytest
from django.template import engines

import hearth.web

FOLDER = Path(hearth.web.__file__).parent / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.*"))
CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
ATTRIBUTE = re.compile(r'[\w-]+="[^"]*"')
NAMES = {"Hearth"}
READ_ALOUD = re.compile(r'\s(?:aria-label|alt|title|placeholder)="([^"]*)"')
THINGS = (
    "answers|cases|clauses|codes|concerns|days|figures|gaps|gates|happenings|homes|hours|limits|minutes|months|people"
    "|persons|promises|records|rows|users|weeks"
)
# Kinds of record, what is chosen from a list, and a list that is folded only where it is long, are never one.
COUNTED = re.compile(
    rf"""\b(?:gettext(?:_lazy)?|_)\(\s*["'][^"']*%\((?!many)\w+\)[sd] (?<!%\(kind\)s )(?:{THINGS})\b"""
)
BROUGHT_ALONG = re.compile(r"\sstyle=|\son\w+=|javascript:|<script(?![^>]*(?: src=| type=\"application/json\"))|<style")


def untranslated(source: str) -> list[str]:
    """Words that stand in a template outside gettext."""
    plain = CODE.sub("", source)
    words = re.findall(r"[^\W\d_]{2,}", ATTRIBUTE.sub(" ", TAG.sub(" ", plain)))
    return [word for word in words + READ_ALOUD.findall(plain) if word not in NAMES and re.search(r"[^\W\d_]", word)]


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_compiles_speaks_through_gettext_and_brings_nothing_along(name: str) -> None:
    engines["jinja2"].get_template(name)
    source = (FOLDER / name).read_text()
    assert untranslated(source) == []
    assert BROUGHT_ALONG.findall(CODE.sub("", source)) == []


def test_the_checks_find_what_is_planted() -> None:
    assert untranslated('<p class="x">Hello {{ _("there") }}</p>') == ["Hello"]
    assert untranslated('<a aria-label="Close it">{{ x }}</a>') == ["Close it"]
    assert untranslated('<p>Hearth {{ _("Hello") }} {# a remark #}</p>') == []
    for planted in ('<p style="x">', '<a onclick="x">', "<script>x</script>", '<a href="javascript:x">'):
        assert BROUGHT_ALONG.search(planted)
    assert not BROUGHT_ALONG.search('<script type="module" src="x"></script><script type="application/json">')


def test_a_number_before_a_noun_is_said_for_one_and_for_many() -> None:
    """“1 records” is read as a mistake. What is counted goes through ngettext; what can be counted is listed here."""
    said = {name: COUNTED.findall(FOLDER.joinpath(name).read_text()) for name in TEMPLATES}
    said |= {path.name: COUNTED.findall(path.read_text()) for path in FOLDER.parent.rglob("*.py")}
    assert {name: found for name, found in said.items() if found} == {}


def test_a_noun_counted_in_one_way_only_is_found() -> None:
    assert COUNTED.search('_("%(records)s records were left out", records=3)')
    assert COUNTED.search('{{ _("%(num)s people are still worried") }}')
    assert not COUNTED.search('ngettext("%(num)s record", "%(num)s records", 3)')


def test_only_what_we_wrote_ourselves_is_marked_safe() -> None:
    marked = re.compile(r"(?<!['\"])\s*\|\s*safe\b")
    assert [name for name in TEMPLATES if marked.search((FOLDER / name).read_text())] == []
    assert marked.search("{{ words|safe }}")
    assert not marked.search("{{ ' checked'|safe }}")
