import threading
import time

import pytest
from fastapi.testclient import TestClient

from app.main import app
from tests.problem import assert_problem
from tests.upstream import Answer, ScriptedUpstream, doubled


def test_the_answers_come_in_the_order_of_the_calls(
    upstream: ScriptedUpstream, client: TestClient
) -> None:
    assert client.get("/fanout?key=21&calls=3").json() == {
        "key": 21,
        "partial": False,
        "sum": 129,
        "results": [
            {"call": 0, "value": 42},
            {"call": 1, "value": 43},
            {"call": 2, "value": 44},
        ],
    }
    assert sorted(upstream.calls) == [f"/values/21/{call}" for call in range(3)]


def test_the_calls_are_made_at_once_and_their_connections_kept(
    upstream: ScriptedUpstream, client: TestClient
) -> None:
    together = threading.Barrier(16, timeout=2)

    def answer(key: int, call: int) -> Answer:
        together.wait()
        return doubled(key, call)

    upstream.answer = answer
    for _ in range(3):
        assert client.get("/fanout?key=0&calls=16").json()["partial"] is False
    assert upstream.connections == 16


def test_a_process_keeps_its_share_of_the_connections_and_calls_wait_for_them(
    upstream: ScriptedUpstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CORES", "256")
    with TestClient(app) as client:
        for _ in range(2):
            assert client.get("/fanout?key=0&calls=32").json()["partial"] is False
    assert upstream.connections == 16


def test_eight_calls_are_made_where_none_are_asked(
    upstream: ScriptedUpstream, client: TestClient
) -> None:
    assert len(client.get("/fanout?key=9007199254740991").json()["results"]) == 8


@pytest.mark.parametrize(
    "wrong",
    [
        (503, b'{"value": 1}'),
        (302, b'{"value": 1}'),
        (200, b""),
        (200, b"<html>"),
        (200, b'{"value": "1"}'),
        (200, b'{"value": true}'),
        (200, b'{"value": 1.5}'),
        (200, b"[1]"),
        (200, b'{"value": "\xff"}'),
    ],
)
def test_a_call_that_went_wrong_is_marked(
    upstream: ScriptedUpstream, client: TestClient, wrong: Answer
) -> None:
    upstream.answer = lambda key, call: wrong if call == 1 else doubled(key, call)
    answer = client.get("/fanout?key=1&calls=3")
    assert answer.status_code == 200
    assert answer.json() == {
        "key": 1,
        "partial": True,
        "sum": 6,
        "results": [
            {"call": 0, "value": 2},
            {"call": 1, "value": None},
            {"call": 2, "value": 4},
        ],
    }
    assert len(upstream.calls) == 3  # nothing is asked twice


def test_a_call_is_given_up_after_two_seconds(
    upstream: ScriptedUpstream, client: TestClient
) -> None:
    given_up = threading.Event()

    def answer(key: int, call: int) -> Answer:
        if call == 0:
            given_up.wait(10)
        return doubled(key, call)

    upstream.answer = answer
    started = time.monotonic()
    results = client.get("/fanout?key=1&calls=2").json()["results"]
    took_s = time.monotonic() - started
    given_up.set()
    assert results == [{"call": 0, "value": None}, {"call": 1, "value": 3}]
    assert 1.5 < took_s < 8


def test_an_upstream_that_is_down_gives_no_values(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with ScriptedUpstream() as gone:
        pass
    monkeypatch.setenv("UPSTREAM_URL", gone.url)
    with TestClient(app) as client:
        answer = client.get("/fanout?key=1&calls=1")
    assert answer.status_code == 200
    assert answer.json() == {
        "key": 1,
        "partial": True,
        "sum": 0,
        "results": [{"call": 0, "value": None}],
    }


@pytest.mark.parametrize(
    "query",
    [
        "",
        "calls=8",
        "key=",
        "key=-1",
        "key=9007199254740992",
        "key=1.0",
        "key=1&calls=0",
        "key=1&calls=65",
        "key=1&calls=1_0",
    ],
)
def test_parameters_out_of_range_are_refused(client: TestClient, query: str) -> None:
    assert_problem(client.get(f"/fanout?{query}"), 422)


def test_without_an_upstream_the_fan_out_is_unavailable(client: TestClient) -> None:
    assert_problem(client.get("/fanout?key=1"), 503)
    assert client.get("/items/1").status_code == 200
