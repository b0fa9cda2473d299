import re

import pytest

from tests.architecture.source import ROOT, modules, shown, templates

INLINE = {
    "a script with its code in the page": r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")[^>]*>",
    "a style element": r"<style\b",
    "a style attribute": r"\sstyle\s*=",
    "a handler in an attribute": r"\son[a-z]+\s*=\s*[\"']",
    "a javascript: address": r"javascript:",
}
#: what makes a browser ask another host by itself; links that a person follows are no request
ELSEWHERE = re.compile(
    r"<(?:script|img|iframe|source|video|audio|link)\b[^>]*\b(?:src|srcset|href)=[\"'](?:https?:)?//", re.I
)


@pytest.mark.parametrize("file", templates(), ids=shown)
def test_a_template_has_nothing_inline(file):
    text = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", file.read_text(encoding="utf-8"), flags=re.S)
    assert [name for name, pattern in INLINE.items() if re.search(pattern, text, re.I)] == []


@pytest.mark.parametrize("file", templates(), ids=shown)
def test_a_template_asks_no_other_host(file):
    assert ELSEWHERE.findall(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("file", templates(), ids=shown)
def test_a_template_does_not_ask_for_the_specific_page(file):
    assert ".specific" not in file.read_text(encoding="utf-8")


def test_style_sheets_ask_no_other_host():
    files = sorted((ROOT / "static").rglob("*.css"))
    assert [shown(file) for file in files if re.search(r"url\(\s*[\"']?(https?:)?//|@import", file.read_text())] == []


def test_no_code_and_no_template_names_the_demo_authority():
    named = re.compile(r"s[oó]c[ -]?s[oơ]n", re.I)
    files = [file for file in modules() if "demo" not in file.parts] + templates()
    assert [shown(file) for file in files if named.search(file.read_text(encoding="utf-8"))] == []
