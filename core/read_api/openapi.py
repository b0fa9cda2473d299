"""The read API itself: its description in OpenAPI, its addresses, and errors for what it does not know."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, re_path, reverse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from core.read_api import problems
from core.read_api.answers import read_only

PROBLEM = {"$ref": "#/components/schemas/Problem"}
#: status → description; 404 only where a record is named, 503 only where an operation says so
ERRORS = {
    "400": "A parameter is malformed or unknown; `errors` names it.",
    "404": "There is no such record that everybody may read in this language.",
    "500": "The portal failed.",
}
UNCHANGED = {"description": "What the reader has (`If-None-Match`, `If-Modified-Since`) is still true."}
UNAVAILABLE = {"responses": {"503": {"description": "What the answer needs does not run now; try again later."}}}
HEADERS = {
    "ETag": {"description": "Name of this very answer.", "schema": {"type": "string"}},
    "Last-Modified": {
        "description": "When public content last changed; left out during that second.",
        "schema": {"type": "string"},
    },
}


class TextRenderer(JSONRenderer):
    """JSON in which Vietnamese can be read."""

    json_dumps_params = {"ensure_ascii": False}


class ReadAPI(NinjaAPI):
    """An API without writes, whose errors are problem details, and which says so in its description."""

    def __init__(self, **options: Any) -> None:
        super().__init__(renderer=TextRenderer(), **options)
        problems.answer_with_problems(self)

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**options)
        schema = problems.Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"]["schemas"].update(schema.pop("$defs"))
        document["components"]["schemas"]["Problem"] = schema
        for methods in document["paths"].values():
            for operation in methods.values():
                _declare_answers(operation)
        return document

    def urlpatterns(self) -> tuple[list[URLPattern], str, str]:
        """Addresses for `path()`: after those of the API, everything else below it is answered with a problem."""
        patterns, app_name, namespace = self.urls
        decorate = read_only(self.version)
        for pattern in patterns:
            view = self.to_docs if pattern.name == "api-root" else pattern.callback
            pattern.callback = decorate(view)
        return [*patterns, re_path("", decorate(problems.not_found))], app_name, namespace

    def to_docs(self, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse(f"{self.urls_namespace}:openapi-view"))


def _declare_answers(operation: dict[str, Any]) -> None:
    answers = {str(status): answer for status, answer in operation["responses"].items()}
    answers["200"]["headers"] = HEADERS
    answers["304"] = UNCHANGED
    names_record = any(parameter["in"] == "path" for parameter in operation["parameters"])
    for status, description in ERRORS.items():
        if status != "404" or names_record:
            answers[status] = {"description": description}
    for status, answer in answers.items():
        if status >= "400":
            answer["content"] = {problems.CONTENT_TYPE: {"schema": PROBLEM}}
    operation["responses"] = dict(sorted(answers.items()))
