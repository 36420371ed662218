"""Reads JSON bodies by the contract's rules.

FastAPI reads and parses the body before it looks at the path, takes any
``application/*+json`` for JSON, and NaN for a number. The contract wants the path
id checked first, then the content type, then JSON as RFC 8259 has it, then the
fields. A route class of one's own is FastAPI's documented way to step in there.
"""

from collections.abc import Callable, Coroutine
from http import HTTPStatus
from typing import Any

from fastapi import HTTPException, Request, Response, status
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json
from starlette.types import Message, Receive

from app.parameters import ItemId

MIB = 1024 * 1024

_ITEM_ID: TypeAdapter[int] = TypeAdapter(ItemId)


class JSONRequest(Request):
    """A request whose body must be JSON."""

    async def body(self) -> bytes:
        """Read the body, and refuse an empty one: it is not JSON."""
        body = await super().body()
        if not body:
            raise HTTPException(status.HTTP_400_BAD_REQUEST, "The body is empty.")
        return body

    async def json(self) -> Any:  # noqa: ANN401
        """Parse the body strictly; no NaN, no lone surrogates, UTF-8 only."""
        try:
            return from_json(await self.body(), allow_inf_nan=False)
        except ValueError as error:
            raise HTTPException(
                status.HTTP_400_BAD_REQUEST, f"The body is not JSON: {error}."
            ) from error


class JSONRoute(APIRoute):
    """A route that checks path, content type, JSON and fields in this order."""

    max_body_bytes = MIB

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Put the checks before FastAPI's own handler where a body is declared."""
        handle = super().get_route_handler()
        if self.body_field is None:
            return handle

        async def handle_in_order(request: Request) -> Response:
            _check_item_id(request)
            _check_content_type(request)
            receive = _up_to(self.max_body_bytes, request.receive)
            return await handle(JSONRequest(request.scope, receive))

        return handle_in_order


class SeriesRoute(JSONRoute):
    """The same of a body that may be long."""

    max_body_bytes = 8 * MIB


def _up_to(limit: int, receive: Receive) -> Receive:
    """Receive a body of at most so many bytes; neither Starlette nor uvicorn counts."""
    received = 0

    async def receive_limited() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise HTTPException(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"The body is longer than {limit} bytes.",
            )
        return message

    return receive_limited


def _check_item_id(request: Request) -> None:
    if "item_id" not in request.path_params:
        return
    try:
        _ITEM_ID.validate_python(request.path_params["item_id"])
    except ValidationError as error:
        errors = error.errors(include_url=False, include_context=False)
        raise RequestValidationError(
            [{**each, "loc": ("path", "item_id")} for each in errors]
        ) from error


def _check_content_type(request: Request) -> None:
    content_type = request.headers.get("content-type", "")
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise HTTPException(
            status.HTTP_415_UNSUPPORTED_MEDIA_TYPE,
            "The content type must be application/json.",
        )
