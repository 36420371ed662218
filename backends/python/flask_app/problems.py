"""Errors as problem details (RFC 9457)."""

from http import HTTPStatus

from flask import Flask, Response, json, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from app.errors import RequestError, headers_of, problem_details


def register(app: Flask) -> None:
    """Answer every error of the application as a problem."""
    app.register_error_handler(RequestError, _request_problem)
    app.register_error_handler(ValidationError, _validation_problem)
    app.register_error_handler(HTTPException, _http_problem)


def _problem(status: HTTPStatus, detail: str) -> Response:
    return Response(
        json.dumps(problem_details(status, detail)),
        status,
        headers_of(status),
        content_type="application/problem+json",
    )


def _request_problem(error: RequestError) -> Response:
    return _problem(error.status, error.detail)


def _validation_problem(error: ValidationError) -> Response:
    first = error.errors(include_url=False, include_context=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    detail = f"{place}: {first['msg']}." if place else f"{first['msg']}."
    return _problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail)


def _http_problem(error: HTTPException) -> Response:
    """Answer an exception of Werkzeug's, or one that nothing caught, which is a 500."""
    status = HTTPStatus(error.code or HTTPStatus.INTERNAL_SERVER_ERROR)
    detail = error.description or status.phrase
    if status == HTTPStatus.NOT_FOUND:
        detail = f"No route answers {request.method} {request.path}."
    return _problem(status, detail)
