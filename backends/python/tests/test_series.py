import json
import math
import random
import statistics
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.summary import summarize
from tests.problem import assert_problem

PATH = "/series/summary"
MIB = 1024 * 1024


def test_a_series_is_summarised(client: TestClient) -> None:
    answer = client.post(PATH, json={"values": [4, 1, 3, 2.0, 10]})
    assert answer.status_code == 200
    summary = answer.json()
    expected = {"count": 5, "mean": 4, "min": 1, "max": 10, "p50": 3}
    assert {name: summary[name] for name in expected} == expected
    assert summary["stdev"] == pytest.approx(math.sqrt(10))
    assert summary["p95"] == pytest.approx(8.8)
    assert summary["p99"] == pytest.approx(9.76)
    histogram = [0] * 20
    for place in (0, 2, 4, 6, 19):
        histogram[place] += 1
    assert summary["histogram"] == histogram


def test_a_summary_agrees_with_another_implementation() -> None:
    draw = random.Random(1)
    values = [draw.uniform(-1e9, 1e9) for _ in range(10_001)]
    summary = summarize(values)
    percentiles = statistics.quantiles(values, n=100, method="inclusive")
    assert summary.mean == pytest.approx(statistics.fmean(values), abs=1)
    assert summary.stdev == pytest.approx(statistics.pstdev(values), abs=1)
    assert summary.p50 == pytest.approx(percentiles[49])
    assert summary.p95 == pytest.approx(percentiles[94])
    assert summary.p99 == pytest.approx(percentiles[98])
    assert sum(summary.histogram) == len(values)


def test_equal_numbers_are_all_in_the_first_bin() -> None:
    for value in (0.0, -1e9, 0.1):
        summary = summarize([value] * 1000)
        assert summary.histogram == [1000] + [0] * 19
        assert (summary.min, summary.max, summary.p99) == (value, value, value)
        assert summary.stdev == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("low", "high"), [(0.0, 5e-324), (1e9 - 1.2e-7, 1e9), (-1e9, 1e9)]
)
def test_a_range_of_any_width_has_its_ends_in_the_outer_bins(
    low: float, high: float
) -> None:
    assert summarize([low, high]).histogram == [1] + [0] * 18 + [1]


def test_a_stdev_is_stable_far_from_zero() -> None:
    summary = summarize([1e9 - 2, 1e9 - 1, 1e9] * 60_000)
    assert summary.mean == pytest.approx(1e9 - 1, abs=1e-3)
    assert summary.stdev == pytest.approx(math.sqrt(2 / 3), abs=1e-3)


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        None,
        {"values": []},
        {"values": None},
        {"values": 1},
        {"values": [1, None]},
        {"values": [True]},
        {"values": ["1"]},
        {"values": [[1]]},
        {"values": [1_000_000_000.1]},
        {"values": [-1_000_000_001]},
        {"values": [10**400]},
        {"values": [1], "more": 1},
        {"values": [0] * 200_001},
    ],
)
def test_what_is_not_a_series_is_refused(client: TestClient, body: Any) -> None:  # noqa: ANN401
    content = json.dumps(body)
    headers = {"content-type": "application/json"}
    assert_problem(client.post(PATH, content=content, headers=headers), 422)


def test_a_number_too_large_to_hold_is_refused(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    content = '{"values": [1e400]}'
    assert_problem(client.post(PATH, content=content, headers=headers), 422)


def test_the_refusal_of_a_long_list_is_short(client: TestClient) -> None:
    answer = client.post(PATH, json={"values": ["1"] * 100_000})
    assert_problem(answer, 422)
    assert len(answer.content) < 1000


def test_content_type_then_json_are_checked(client: TestClient) -> None:
    assert_problem(client.post(PATH, content="{"), 415)
    headers = {"content-type": "application/json"}
    for content in ("", "{", '{"values": [NaN]}', b'{"values": ["\xff"]}'):
        assert_problem(client.post(PATH, content=content, headers=headers), 400)


def test_a_body_of_8_mib_is_taken_and_a_longer_one_is_not(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    values = ",".join(["1234567.8901234567890"] * 200_000)
    content = f'{{"values": [{values}]}}'.ljust(8 * MIB)
    answer = client.post(PATH, content=content, headers=headers)
    assert answer.status_code == 200
    assert answer.json()["count"] == 200_000
    assert_problem(client.post(PATH, content=content + " ", headers=headers), 413)
