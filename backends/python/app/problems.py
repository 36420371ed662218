"""Errors as problem details (RFC 9457)."""

from collections.abc import Callable, Coroutine, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from app.errors import RequestError, headers_of, problem_details

ERRORS_TOLD = 10


class ProblemResponse(JSONResponse):
    """A JSON response that says it is a problem."""

    media_type = "application/problem+json"


def problem(
    status: HTTPStatus, detail: str, headers: Mapping[str, str] | None = None
) -> ProblemResponse:
    """Return the response that tells of a problem."""
    return ProblemResponse(problem_details(status, detail), status.value, headers)


async def http_problem(request: Request, exc: HTTPException) -> ProblemResponse:
    """Answer an HTTPException, our own or the router's."""
    status = HTTPStatus(exc.status_code)
    detail = exc.detail
    if detail == status.phrase:  # the router's own 404 and 405 say no more than that
        detail = f"No route answers {request.method} {request.scope['path']}."
    return problem(status, detail, exc.headers)


async def request_problem(_request: Request, exc: RequestError) -> ProblemResponse:
    """Answer a request that is not served."""
    return problem(exc.status, exc.detail, headers_of(exc.status))


async def validation_problem(
    _request: Request, exc: RequestValidationError
) -> ProblemResponse:
    """Answer input that a parameter or a model refused."""
    errors = [
        {"loc": error["loc"], "msg": error["msg"]}
        for error in exc.errors()[:ERRORS_TOLD]  # a long list can be wrong everywhere
    ]
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    place = ".".join(str(part) for part in errors[0]["loc"])
    content = problem_details(status, f"{place}: {errors[0]['msg']}.")
    return ProblemResponse({**content, "errors": errors}, status.value)


ExceptionHandler = Callable[[Request, Any], Coroutine[Any, Any, Response]]

EXCEPTION_HANDLERS: dict[int | type[Exception], ExceptionHandler] = {
    HTTPException: http_problem,
    RequestError: request_problem,
    RequestValidationError: validation_problem,
}
