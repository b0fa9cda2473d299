"""Errors of the read API: problem details (RFC 9457), whatever went wrong."""

import logging
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as NinjaValidationError
from pydantic import BaseModel, Field

CONTENT_TYPE = "application/problem+json"
logger = logging.getLogger(__name__)


class ParameterError(BaseModel):
    """One parameter that is malformed, unknown or missing."""

    name: str = Field(description="Name of the parameter.")
    reason: str = Field(description="What is wrong with it, in the language asked for.")


class Problem(BaseModel):
    """Problem details (RFC 9457)."""

    type: str = Field(description="Always `about:blank`: the status says what kind of problem it is.")
    title: str = Field(description="Name of the status, in English.")
    status: int = Field(description="The HTTP status again.")
    detail: str = Field(description="What happened, for people.")
    errors: list[ParameterError] = Field(description="Parameters at fault; empty where none is.")


class BadParameters(Exception):
    """Parameters that cannot be read: answered with 400. `errors` are pairs of name and reason."""

    def __init__(self, errors: Iterable[tuple[str, str]]) -> None:
        self.errors = list(errors)
        super().__init__(self.errors)


class Unavailable(Exception):
    """What the answer needs does not run now: answered with 503."""


def problem(status: int, detail: str, errors: Iterable[tuple[str, str]] = ()) -> JsonResponse:
    body = Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail,
        errors=[ParameterError(name=name, reason=reason) for name, reason in errors],
    )
    readable = {"ensure_ascii": False}
    return JsonResponse(body.model_dump(), status=status, content_type=CONTENT_TYPE, json_dumps_params=readable)


def bad_parameters(request: HttpRequest, error: BadParameters) -> JsonResponse:
    names = ", ".join(dict.fromkeys(name for name, _reason in error.errors))
    return problem(400, f"These parameters cannot be read: {names}", error.errors)


def not_found(request: HttpRequest, error: Exception | None = None) -> JsonResponse:
    return problem(404, "There is nothing at this address that everybody may read.")


def refused_by_schema(request: HttpRequest, error: NinjaValidationError) -> JsonResponse:
    """What the framework would answer with 422."""
    return bad_parameters(request, BadParameters((str(item["loc"][-1]), str(item["msg"])) for item in error.errors))


def refused(request: HttpRequest, error: HttpError) -> JsonResponse:
    return problem(error.status_code, str(error))


def unavailable(request: HttpRequest, error: Unavailable) -> JsonResponse:
    response = problem(503, str(error))
    response.headers["Retry-After"] = "60"
    return response


def failed(request: HttpRequest, error: Exception) -> JsonResponse:
    """A mistake of ours: the log has it, the reader is not told how the portal is built."""
    logger.error("The read API failed at %s", request.path, exc_info=error)
    return problem(500, "The portal could not answer. The failure was recorded.")


#: what is raised → how it is answered
HANDLERS: dict[type[Exception], Any] = {
    BadParameters: bad_parameters,
    Http404: not_found,
    NinjaValidationError: refused_by_schema,
    HttpError: refused,
    Unavailable: unavailable,
    Exception: failed,
}


def answer_with_problems(api: NinjaAPI) -> None:
    for kind, handler in HANDLERS.items():
        api.add_exception_handler(kind, handler)
