from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx2
import pytest
from fastapi.testclient import TestClient

from app.main import app
from app.models import Item
from app.seed import seed_items
from flask_app import OPENED, create_app
from tests.postgres import Cluster, missing_programs
from tests.upstream import ScriptedUpstream


@pytest.fixture(scope="session")
def seed() -> list[Item]:
    return list(seed_items(10_000))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, seed: list[Item]) -> None:
    """What the service is started with; a test adds what the service depends on."""
    for module in ("app.main", "flask_app.application"):  # made once, as none change
        monkeypatch.setattr(f"{module}.seed_items", lambda count: seed[:count])
    for name, value in {"HOST": "127.0.0.1", "PORT": "8080", "CORES": "1"}.items():
        monkeypatch.setenv(name, value)
    for name in (
        "UPSTREAM_URL",
        "DATABASE_URL",
        "MODEL_FILE",
        "TABLE_ROWS",
        "ACCOUNTS_FILE",
        "TOKEN_KEY",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(params=["fastapi", "flask"])
def client(
    request: pytest.FixtureRequest, environment: None
) -> Iterator[httpx2.Client]:
    """A client of each of the two services, which share their domain."""
    if request.param == "fastapi":
        with TestClient(app) as client:
            yield client
        return
    flask = create_app()
    transport = httpx2.WSGITransport(flask)
    with (
        flask.extensions[OPENED],
        httpx2.Client(transport=transport, base_url="http://flask") as client,
    ):
        yield client


@pytest.fixture
def upstream(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedUpstream]:
    with ScriptedUpstream() as upstream:
        monkeypatch.setenv("UPSTREAM_URL", upstream.url)
        yield upstream


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    missing = missing_programs()
    if missing:
        pytest.skip(missing)
    with (
        TemporaryDirectory(prefix="twofold-python-") as folder,
        Cluster(Path(folder)) as cluster,
    ):
        yield cluster


@pytest.fixture
def database(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    cluster.refill()
    monkeypatch.setenv("DATABASE_URL", cluster.url)
    return cluster
