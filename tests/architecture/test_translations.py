import polib
import pytest

from core.management.commands.collect_messages import gaps, messages_of_code, messages_of_template, update
from tests.architecture.source import ROOT

CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))


def test_there_is_a_vietnamese_catalogue():
    assert ROOT / "locale/vi/LC_MESSAGES/django.po" in CATALOGUES


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.parent.parent.name)
def test_every_interface_string_has_a_confirmed_translation(file):
    lines = gaps(polib.pofile(str(file)), ROOT)
    assert lines == [], "Run `manage.py collect_messages` and translate:\n" + "\n".join(lines[:60])


def test_vietnamese_never_begs_and_never_shouts():
    wrong = [
        f"{entry.msgid!r}: {text!r}"
        for entry in polib.pofile(str(ROOT / "locale/vi/LC_MESSAGES/django.po"))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if not entry.obsolete and ("vui lòng" in text.lower() or "!" in text)
    ]
    assert wrong == []


def test_strings_of_code_are_found_in_every_form():
    source = (
        'a = _("One " "two"); b = ngettext("%(n)d page", "%(n)d pages", n); c = pgettext_lazy("verb", "Open"); _(name)'
    )
    found = {(message.context, message.text, message.plural) for message in messages_of_code(source)}
    assert found == {(None, "One two", None), (None, "%(n)d page", "%(n)d pages"), ("verb", "Open", None)}


def test_strings_of_templates_are_found_in_every_form():
    source = """{% load i18n %}
      <p title="{% translate 'It’s here' %}">{{ name|default:_("Nobody") }} {% translate "Open" context "verb" %}</p>
        {% blocktranslate count n=rows|length trimmed %}
          {{ n }} row {% plural %} {{ n }} rows
        {% endblocktranslate %}"""
    found = {(message.context, message.text, message.plural) for message in messages_of_template(source)}
    assert found == {
        (None, "It’s here", None),
        (None, "Nobody", None),
        ("verb", "Open", None),
        (None, "%(n)s row", "%(n)s rows"),
    }


@pytest.fixture
def project(tmp_path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "views.py").write_text('_("Open {name}")\n_("Close")\n')
    return tmp_path


def catalogue(**translations: str) -> polib.POFile:
    file = polib.POFile()
    for text, translation in translations.items():
        file.append(polib.POEntry(msgid=text, msgstr=translation))
    return file


def test_gaps_are_named_with_the_place_of_the_string(project):
    entry = polib.POEntry(msgid="Open {name}", msgstr="Mở {ten}")
    file = catalogue(Gone="Đã bỏ")
    file.append(entry)
    assert gaps(file, project) == [
        "not in the catalogue: 'Close' (app/views.py)",
        "placeholders differ: 'Open {name}' (app/views.py)",
        "no longer used: 'Gone'",
    ]


def test_an_update_keeps_translations_adds_new_strings_and_retires_old_ones(project):
    file = catalogue(Close="Đóng", Gone="Đã bỏ")
    update(file, project)
    state = {entry.msgid: (entry.msgstr, entry.obsolete) for entry in file}
    assert state == {"Close": ("Đóng", False), "Open {name}": ("", False), "Gone": ("Đã bỏ", True)}
