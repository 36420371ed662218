"""Reports over HTTP."""

from anyio import to_thread
from fastapi import APIRouter

from app.models import Report
from app.parameters import ComputeTurnDep, Rows, TableDep

router = APIRouter()


@router.get("/report")
async def make_report(rows: Rows, table: TableDep, turn: ComputeTurnDep) -> Report:
    """Report on the first rows of the table."""
    return await to_thread.run_sync(table.report, rows, limiter=turn)
