"""“Why is this here”: for staff, a question with its first hits and what their scores are made of."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.coreutils import get_content_languages

from core.languages import locale_of
from search.forms import QuestionField
from search.query import explain
from search.ranking import Ranked, beyond_parts
from search.weights import EXACT, WEIGHTS

#: part of a score → name and reason, in words for staff
PARTS = {
    "coverage": (_("words in the title"), _("how much of the question the title says, rare words above all")),
    "share": (_("nothing else in the title"), _("how much of the title was asked for: general procedures come first")),
    "pairs": (_("neighbouring words"), _("two syllables that stand together in both, such as “khai sinh”")),
    "keywords": (_("popular names"), _("how well a popular name of the page fits")),
    "body": (_("words in the text"), _("what the text says and the title does not; long texts count less")),
    "chosen": (_("people's choice"), _("how often people opened the page for this very question")),
    "prior": (_("kind of page"), _("what the page is, such as a procedure of the nearest level of government")),
    "marks": (_("marks"), _("words typed with marks that stand so in the title")),
}
#: what is added or taken off beside the parts → name and reason
BEYOND = {
    "exact": (_("code or number"), _("added where the code or number of the page was typed, which puts it first")),
    "opposite": (
        _("another case"),
        _("taken off where the title says the contrary, or is for a rare case that the question does not name"),
    ),
    "handicap": (_("less likely reading"), _("taken off where the question was read otherwise than most likely meant")),
}


class WhyForm(forms.Form):
    q = QuestionField(max_length=255, label=_("Question"))
    language = forms.ChoiceField(label=_("Language of the question"), choices=lambda: get_content_languages().items())


def why(request: HttpRequest) -> HttpResponse:
    """The admin's page; for those who see the reports."""
    if not request.user.has_perm("search.view_querycount"):
        raise PermissionDenied
    form = WhyForm(request.GET or None)
    context: dict[str, Any] = {"form": form, "hits": [], "asked": "", "parts": _parts()}
    if form.is_valid():
        context |= _explained(form.cleaned_data["q"], form.cleaned_data["language"])
    return TemplateResponse(request, "search/admin/why.html", context)


def _parts() -> list[dict[str, Any]]:
    nameless = ("", "")
    weighted = [
        {"label": PARTS.get(name, nameless)[0] or name, "reason": PARTS.get(name, nameless)[1], "weight": weight}
        for name, weight in WEIGHTS.items()
    ]
    return weighted + [{"label": label, "reason": reason} for label, reason in BEYOND.values()]


def _points(hit: Ranked) -> list[float]:
    """What the score is made of, in the order of `_parts`: the sum is the score."""
    beyond = beyond_parts(hit)
    weighted = [weight * hit.parts.get(name, 0.0) for name, weight in WEIGHTS.items()]
    return weighted + [beyond[name] for name in BEYOND]


def _explained(text: str, language: str) -> dict[str, Any]:
    question, ranked = explain(text, locale_of(language))
    return {
        "asked": text,
        "readings": [" ".join(reading.syllables) for reading in question.readings],
        "informative": ", ".join(question.typed.informative),
        "corrected": question.corrected,
        "code": question.code or "",
        "hits": [
            {
                "title": hit.candidate.title,
                "edit_url": reverse("wagtailadmin_pages:edit", args=[hit.candidate.id]),
                "score": f"{hit.score:.3f}",
                "is_exact": hit.score >= EXACT,
                "reading": hit.reading.original,
                "cells": [f"{points:.3f}" if points else "" for points in _points(hit)],
            }
            for hit in ranked
        ],
    }
