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


def test_only_what_we_wrote_ourselves_is_marked_safe() -> None:
    marked = re.compile(r"(?<!['\"])\s*\|\s*safe\b")
    assert [name for name in TEMPLATES if marked.search((FOLDER / name).read_text())] == []
    assert marked.search("{{ words|safe }}")
    assert not marked.search("{{ ' checked'|safe }}")
