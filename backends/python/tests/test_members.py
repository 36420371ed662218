import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
from fastapi.testclient import TestClient

from app.main import app
from tests.problem import assert_problem

FOLDER = Path(os.environ.get("CONTRACT_FOLDER", "../contract")) / "accounts"
KEY = "0123456789abcdef0123456789abcdef"
GOOD = {"name": "member-1", "password": "kodi difece!"}


@pytest.fixture
def members(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("ACCOUNTS_FILE", str(FOLDER / "members.json"))
    monkeypatch.setenv("TOKEN_KEY", KEY)
    with TestClient(app) as client:
        yield client


def read(client: TestClient, token: str, item_id: str = "1") -> Any:  # noqa: ANN401
    headers = {"authorization": f"Bearer {token}"}
    return client.get(f"/members/items/{item_id}", headers=headers)


def token_with(key: str = KEY, algorithm: str = "HS256", **claims: Any) -> str:  # noqa: ANN401
    now = datetime.now(UTC)
    good = {"sub": "member-1", "iat": now, "exp": now + timedelta(minutes=5)}
    wanted = {name: value for name, value in (good | claims).items() if value}
    return jwt.encode(wanted, key, algorithm=algorithm)


def test_who_logs_in_reads_with_the_token(members: TestClient) -> None:
    answer = members.post("/login", json=GOOD)
    assert answer.status_code == 200
    token = answer.json()["token"]
    claims = jwt.decode(token, KEY, algorithms=["HS256"])
    assert claims["sub"] == "member-1"
    assert claims["exp"] - claims["iat"] == 3600
    assert read(members, token).json()["name"] == "kodi difece"
    assert_problem(read(members, token, "10001"), 404)
    assert_problem(read(members, token, "x"), 422)


@pytest.mark.parametrize(
    "change", [{"password": "kodi difece"}, {"name": "member-65"}, {"name": "x"}]
)
def test_another_name_or_password_gets_no_token(
    members: TestClient, change: dict[str, str]
) -> None:
    assert_problem(members.post("/login", json=GOOD | change), 401)


@pytest.mark.parametrize(
    "body", [{}, {"name": "x"}, GOOD | {"more": 1}, GOOD | {"password": ""}, []]
)
def test_what_is_no_login_is_refused(members: TestClient, body: Any) -> None:  # noqa: ANN401
    assert_problem(members.post("/login", json=body), 422)


def test_tokens_that_are_not_good_open_nothing(members: TestClient) -> None:
    past = datetime.now(UTC) - timedelta(hours=1)
    for token in (
        "x",
        token_with(key="another key of the same length 1"),
        token_with(algorithm="none", key=""),
        token_with(exp=past),
        token_with(exp=None),
        token_with() + "x",
    ):
        answer = read(members, token, "x")  # before anything is said of the id
        assert_problem(answer, 401)
        assert answer.headers["www-authenticate"] == "Bearer"
    assert_problem(members.get("/members/items/1"), 401)


def test_without_accounts_nobody_logs_in(client: TestClient) -> None:
    assert_problem(client.post("/login", json=GOOD), 503)
    assert_problem(read(client, token_with()), 503)
