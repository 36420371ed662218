"""Reports over HTTP."""

from http import HTTPStatus

from fastapi import APIRouter, HTTPException

from app.models import Report
from app.parameters import Rows, TableDep

router = APIRouter()


@router.get("/report")
async def make_report(rows: Rows, table: TableDep) -> Report:
    """Report on the first rows of the table."""
    if 0 < table.rows < rows:
        raise HTTPException(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            f"query.rows: there are {table.rows} rows.",
        )
    return await table.report(rows)
