from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from app.main import app
from tests.problem import assert_problem


@pytest.fixture
def client(environment: None) -> Iterator[TestClient]:
    """Only the FastAPI service has pages."""
    with TestClient(app) as client:
        yield client


def test_a_page_shows_its_items_as_people_read_them(client: TestClient) -> None:
    shown = client.get("/pages/items")
    assert shown.status_code == 200
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    for part in (
        "<h1>Items after 0</h1>",
        '<a href="/items/1" title="kodi difece">kodi difece</a>',
        "<td>134.73</td>",
        "<td>220</td>",
        "<ul><li>new</li><li>sale</li><li>eco</li><li>bulk</li></ul>",
        '<a rel="next" href="/pages/items?limit=20&amp;after=20">',
    ):
        assert part in shown.text
    assert shown.text.count("<td><a") == 20


def test_what_looks_like_html_is_escaped(client: TestClient) -> None:
    item = {"name": "<b>\"x\" & 'y'", "price_cents": 1305, "tags": ["</ul>"]}
    client.post("/items", json=item)
    page = client.get("/pages/items", params={"after": 10_000, "limit": 2}).text
    escaped = "&lt;b&gt;&#34;x&#34; &amp; &#39;y&#39;"
    assert f'title="{escaped}">{escaped}</a>' in page
    assert "<td>13.05</td>\n<td>sold out</td>" in page
    assert "<li>&lt;/ul&gt;</li>" in page
    assert "next" not in page


@pytest.mark.parametrize("query", ["limit=0", "limit=1001", "after=-1", "after=x"])
def test_limit_and_after_are_those_of_a_page(client: TestClient, query: str) -> None:
    assert_problem(client.get(f"/pages/items?{query}"), 422)
