"""Accounts: passwords hashed by Argon2id, and signed tokens for who knows one.

The libraries are imported with the accounts, and not with the module: a service
without accounts does without them.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.errors import UnauthorizedError, UnavailableError

TOKEN_LIFE = timedelta(hours=1)
_ALGORITHM = "HS256"


class Accounts:
    """The accounts of a file; none where the service was given no file, or no key."""

    def __init__(self, file: Path | None, key: str | None) -> None:
        """Read the file."""
        self._hashes: dict[str, str] = {}
        self._key = key or ""
        if file is not None and key is not None:
            self._hashes = json.loads(file.read_text())
            self._is_right = _password_check()

    def log_in(self, name: str, password: str) -> str:
        """Return a token.

        The hash takes long, and leaves the interpreter to others. A name that nobody
        has costs a hash too, so that the time does not tell which names there are.
        """
        self._require()
        known = self._hashes.get(name)
        hashed = known or next(iter(self._hashes.values()))
        right = self._is_right(hashed, password)
        if known is None or not right:
            msg = "There is no such name with this password."
            raise UnauthorizedError(msg)
        return self._token_for(name)

    def name_of(self, token: str | None) -> str:
        """Return whose token this is."""
        self._require()
        import jwt  # noqa: PLC0415

        if token is None:
            msg = "A token is needed: Authorization: Bearer ..."
            raise UnauthorizedError(msg)
        try:
            claims = jwt.decode(
                token,
                self._key,
                algorithms=[_ALGORITHM],
                options={"require": ["exp", "sub"]},
            )
        except jwt.InvalidTokenError as error:
            msg = f"The token is not good: {error}."
            raise UnauthorizedError(msg) from error
        return str(claims["sub"])

    def _token_for(self, name: str) -> str:
        import jwt  # noqa: PLC0415

        now = datetime.now(UTC).replace(microsecond=0)
        claims = {"sub": name, "iat": now, "exp": now + TOKEN_LIFE}
        return jwt.encode(claims, self._key, algorithm=_ALGORITHM)

    def _require(self) -> None:
        if not self._hashes:
            msg = "This service was given no accounts."
            raise UnavailableError(msg)


def _password_check() -> Callable[[str, str], bool]:
    from argon2 import PasswordHasher  # noqa: PLC0415
    from argon2.exceptions import VerifyMismatchError  # noqa: PLC0415

    hasher = PasswordHasher()

    def is_right(hashed: str, password: str) -> bool:
        try:
            return hasher.verify(hashed, password)
        except VerifyMismatchError:
            return False

    return is_right
