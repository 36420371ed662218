"""What goes wrong for a request, whichever framework answers it."""

from http import HTTPStatus
from typing import Any


class RequestError(Exception):
    """A request that is not served, and what its client is told of why."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR

    def __init__(self, detail: str) -> None:
        """Tell the client this much of it."""
        super().__init__(detail)
        self.detail = detail


class UnavailableError(RequestError):
    """What the service depends on is not there."""

    status = HTTPStatus.SERVICE_UNAVAILABLE


class UnauthorizedError(RequestError):
    """Who asks has not shown who they are."""

    status = HTTPStatus.UNAUTHORIZED


class NotFoundError(RequestError):
    """What is asked for is not there."""

    status = HTTPStatus.NOT_FOUND


class UnprocessableError(RequestError):
    """What is asked for cannot be."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY


class UnknownItemError(UnprocessableError):
    """The order names an item that does not exist."""


class OutOfStockError(RequestError):
    """There is less of an item than the order wants."""

    status = HTTPStatus.CONFLICT


def headers_of(status: HTTPStatus) -> dict[str, str] | None:
    """Return the headers that responses of this status have beside the usual ones."""
    challenged = status == HTTPStatus.UNAUTHORIZED
    return {"WWW-Authenticate": "Bearer"} if challenged else None


def problem_details(status: HTTPStatus, detail: str) -> dict[str, Any]:
    """Return the members of a problem (RFC 9457)."""
    return {
        "type": "about:blank",
        "title": status.phrase,
        "status": status.value,
        "detail": detail,
    }
