from collections.abc import Iterator
from statistics import fmean
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import app
from tests.problem import assert_problem

ROWS = 2000


def mix(number: int) -> int:
    number ^= number >> 16
    number = number * 0x85EBCA6B & 0xFFFFFFFF
    number ^= number >> 13
    number = number * 0xC2B2AE35 & 0xFFFFFFFF
    return number ^ number >> 16


def column(row: int, number: int) -> int:
    return mix(row + number * 0x9E3779B9 & 0xFFFFFFFF)


def cents(row: int) -> int:
    terms = sum(term * (column(row, term) % 1000) for term in range(1, 16))
    return 5000 + column(row, 16) % 2000 + terms


@pytest.fixture
def with_table(monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("TABLE_ROWS", str(ROWS))
    with TestClient(app) as client:
        yield client


def report(client: TestClient, rows: int) -> Any:  # noqa: ANN401
    answer = client.get("/report", params={"rows": rows})
    assert answer.status_code == 200
    return answer.json()


def test_groups_are_those_of_the_first_rows(with_table: TestClient) -> None:
    groups: dict[int, list[int]] = {}
    for row in range(1, 1501):
        groups.setdefault(mix(row) % 24, []).append(cents(row))
    assert report(with_table, 1500)["groups"] == [
        {
            "region": region,
            "count": len(amounts),
            "total_cents": sum(amounts),
            "mean_cents": pytest.approx(fmean(amounts)),
            "most_cents": max(amounts),
        }
        for region, amounts in sorted(groups.items())
    ]


def test_coefficients_leave_nothing_that_a_term_explains(
    with_table: TestClient,
) -> None:
    coefficients = report(with_table, ROWS)["coefficients"]
    left = [0.0] * 16
    for row in range(1, ROWS + 1):
        terms = [1] + [column(row, term) % 1000 for term in range(1, 16)]
        fitted = sum(c * x for c, x in zip(coefficients, terms, strict=True))
        for place, term in enumerate(terms):
            left[place] += term * (cents(row) - fitted) / ROWS
    assert left == pytest.approx([0] * 16, abs=1e-3)


@pytest.mark.parametrize("rows", ["", "x", "999", "-1", str(ROWS + 1), "1e3"])
def test_rows_are_from_1000_to_all(with_table: TestClient, rows: str) -> None:
    assert_problem(with_table.get("/report", params={"rows": rows}), 422)


def test_without_a_table_there_is_no_report(client: TestClient) -> None:
    assert_problem(client.get("/report", params={"rows": 1000}), 503)
