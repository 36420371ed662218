from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.problems import EXCEPTION_HANDLERS
from app.routers import faults
from tests.problem import assert_problem


@pytest.fixture
def faulty() -> Iterator[TestClient]:
    app = FastAPI(exception_handlers=EXCEPTION_HANDLERS)
    app.include_router(faults.router)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def test_there_are_no_faults_where_none_are_asked_for(client: TestClient) -> None:
    assert_problem(client.post("/fault?kind=panic"), 404)


@pytest.mark.parametrize("query", ["", "?kind=", "?kind=sleep"])
def test_another_kind_is_refused(faulty: TestClient, query: str) -> None:
    assert_problem(faulty.post(f"/fault{query}"), 422)


@pytest.mark.parametrize("kind", ["panic", "stack"])
def test_an_exception_costs_its_request_and_no_other(
    faulty: TestClient, kind: str
) -> None:
    assert faulty.post(f"/fault?kind={kind}").status_code == 500
    assert_problem(faulty.post("/fault?kind=sleep"), 422)


def test_a_timer_fails_after_its_response(faulty: TestClient) -> None:
    answer = faulty.post("/fault?kind=timer")
    assert answer.status_code == 202
    assert answer.json() == {"kind": "timer"}
