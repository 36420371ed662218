"""Series of numbers over HTTP.

The handler is ``async def`` and computes on the event loop. Most of its time goes into
reading the JSON and checking each number, which hold the interpreter's lock wherever
they run: on a thread they would stop the loop all the same, and numpy's part is short.
"""

from fastapi import APIRouter

from app.json_body import SeriesRoute
from app.models import Series, Summary
from app.summary import summarize

router = APIRouter(prefix="/series", tags=["series"], route_class=SeriesRoute)


@router.post("/summary")
async def summarize_series(series: Series) -> Summary:
    """Summarise numbers."""
    return summarize(series.values)
