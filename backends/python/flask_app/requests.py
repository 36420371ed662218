"""What views take from a request, by the contract's rules."""

from http import HTTPStatus
from typing import Annotated, TypeVar

from flask import Response, abort, request
from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from pydantic_core import from_json
from werkzeug.exceptions import ClientDisconnected

from app.decimals import Decimal
from app.errors import UnprocessableError
from app.models import MAX_SAFE_INTEGER

MIB = 1024 * 1024
_TOO_LONG_AGO = "The body did not come in time."

Body = TypeVar("Body", bound=BaseModel)


def read_body(model: type[Body], longest: int = MIB) -> Body:
    """Read a JSON body: its content type, then its JSON, then its fields."""
    if request.mimetype != "application/json":
        abort(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            "The content type must be application/json.",
        )
    request.max_content_length = longest
    try:
        body = request.get_data(cache=False)
    except ClientDisconnected:  # or too slow: whoever is gone does not see this
        abort(HTTPStatus.REQUEST_TIMEOUT, _TOO_LONG_AGO)
    try:
        value = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        abort(HTTPStatus.BAD_REQUEST, f"The body is not JSON: {error}.")
    return model.model_validate(value)


class Whole:
    """A decimal integer of a path or query, in a range."""

    def __init__(self, name: str, least: int, most: int = MAX_SAFE_INTEGER) -> None:
        """Tell clients of it by this name."""
        self._name = name
        self._type: TypeAdapter[int] = TypeAdapter(
            Annotated[Decimal, Field(ge=least, le=most)]
        )

    def of(self, text: str) -> int:
        """Read it."""
        try:
            return self._type.validate_python(text)
        except ValidationError as error:
            reason = error.errors(include_url=False)[0]["msg"]
            msg = f"{self._name}: {reason}."
            raise UnprocessableError(msg) from error

    def in_query(self, otherwise: int | None = None) -> int:
        """Read it from the query; without another value it must be there."""
        text = request.args.get(self._name)
        if text is None and otherwise is not None:
            return otherwise
        return self.of(text or "")


def answer(
    body: BaseModel,
    status: HTTPStatus = HTTPStatus.OK,
    headers: dict[str, str] | None = None,
) -> Response:
    """Answer with a model; pydantic writes the JSON."""
    return Response(
        body.model_dump_json(), status, headers, content_type="application/json"
    )
