import json
import os
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import app
from tests.problem import assert_problem

PATH = "/inference"
ROW = list(range(16))
FOLDER = Path(os.environ.get("CONTRACT_FOLDER", "../contract")) / "model"


@pytest.fixture
def model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MODEL_FILE", str(FOLDER / "trees.onnx"))


def test_rows_get_the_scores_that_the_trainer_gave_them(model: None) -> None:
    cases = json.loads((FOLDER / "cases.json").read_text())
    with TestClient(app) as client:
        features = [number for row in cases["rows"] for number in row]
        answer = client.post(PATH, json={"features": features})
    assert answer.status_code == 200
    assert answer.json()["scores"] == pytest.approx(cases["scores"], abs=1e-5)


@pytest.mark.parametrize(
    "features",
    [[], ROW[:15], [*ROW, 1], [*ROW[:15], None], [*ROW[:15], "1"], [*ROW[:15], 1e7], 1],
)
def test_what_are_no_rows_is_refused(client: TestClient, features: Any) -> None:  # noqa: ANN401
    assert_problem(client.post(PATH, json={"features": features}), 422)


def test_rows_are_at_most_8192(model: None) -> None:
    with TestClient(app) as client:
        assert client.post(PATH, json={"features": ROW * 8192}).status_code == 200
        assert_problem(client.post(PATH, json={"features": ROW * 8193}), 422)


def test_without_a_model_there_are_no_scores(client: TestClient) -> None:
    assert_problem(client.post(PATH, json={"features": ROW}), 503)
