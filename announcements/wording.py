"""How documents and announcements, their state and their errors are said in words."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from announcements import reference
from announcements.validity import RelationKind, State, Validity
from core.templatetags.portal import vn_date

#: code of reference.MESSAGES → what an editor is told
REFERENCE_ERRORS = {
    "too_long": gettext_lazy("A number and symbol have at most 255 characters."),
    "number_missing": gettext_lazy("Begin with the number, for example 45/KH-UBND."),
    "number_out_of_range": gettext_lazy("The number must be from 1 to 999999."),
    "character": gettext_lazy("This character does not belong in a number and symbol."),
    "form": gettext_lazy("This is not the form of a number and symbol, for example 45/KH-UBND."),
    "type_unknown": gettext_lazy("This abbreviation of a type of document is not known."),
    "issuer_missing": gettext_lazy("The abbreviation of the issuer is missing, for example UBND."),
    "year_out_of_range": gettext_lazy("The year must be from 1945 to 2099."),
}

VALIDITY_CHOICES = [
    (Validity.IN_FORCE.value, gettext_lazy("In force")),
    (Validity.PENDING.value, gettext_lazy("Not yet in force")),
    (Validity.PARTIAL.value, gettext_lazy("Partly no longer in force")),
    (Validity.EXPIRED.value, gettext_lazy("No longer in force")),
    (Validity.REPLACED.value, gettext_lazy("Replaced")),
]

#: colour of a state's tag; see components/status_tag.html
TAG_KINDS = {
    Validity.IN_FORCE: "ok",
    Validity.PENDING: "info",
    Validity.PARTIAL: "warn",
    Validity.EXPIRED: "grey",
    Validity.REPLACED: "error",
}


def reference_error(text: str) -> str:
    """What is wrong with a number and symbol, and from where on; empty where it can be read."""
    try:
        reference.parse(text)
    except reference.InvalidReference as error:
        message = str(REFERENCE_ERRORS[error.code])
        rest = text[error.position : error.position + 20].strip() if error.position else ""
        return _("%(message)s It stops at “%(rest)s”.") % {"message": message, "rest": rest} if rest else message
    return ""


def validity_label(validity: str) -> str:
    return str(dict(VALIDITY_CHOICES)[validity])


def validity_tag(state: State, effective_on: date | None) -> dict[str, str]:
    """Colour and words of a document's state."""
    text = validity_label(state.validity)
    if state.validity is Validity.PENDING:
        text = _("In force from %(day)s") % {"day": vn_date(effective_on)}
    return {"kind": TAG_KINDS[state.validity], "text": text}


def change_note(kind: str, label: str) -> str:
    """What a later document did to the one shown."""
    notes = {
        RelationKind.REPLACES: _("Replaced by %(document)s"),
        RelationKind.AMENDS: _("Amended by %(document)s"),
        RelationKind.REPEALS: _("Repealed by %(document)s"),
        RelationKind.CORRECTS: _("Corrected by %(document)s"),
    }
    return notes[RelationKind(kind)] % {"document": label}


def deed_note(kind: str, label: str = "") -> str:
    """What the document shown does to an earlier one; without its name where that stands beside it."""
    notes = {
        RelationKind.REPLACES: _("Replaces %(document)s"),
        RelationKind.AMENDS: _("Amends %(document)s"),
        RelationKind.REPEALS: _("Repeals %(document)s"),
        RelationKind.CORRECTS: _("Corrects %(document)s"),
    }
    return (notes[RelationKind(kind)] % {"document": label}).strip()


def deed_since(kind: str, day: date | None) -> str:
    """Replaces since 11/11/2019: what a later document, named beside it, does to the one shown."""
    return _("%(deed)s since %(day)s") % {"deed": deed_note(kind), "day": vn_date(day)}


def term(effective_on: date | None, issued_on: date | None, expires_on: date | None) -> str:
    """From 12/02/2019 to the end of 31/12/2019."""
    begin = vn_date(effective_on or issued_on)
    if begin and expires_on:
        return _("From %(begin)s to the end of %(end)s.") % {"begin": begin, "end": vn_date(expires_on)}
    return _("From %(begin)s.") % {"begin": begin} if begin else ""
