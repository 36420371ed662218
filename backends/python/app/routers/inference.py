"""The model's scores over HTTP."""

from anyio import to_thread
from fastapi import APIRouter

from app.json_body import JSONRoute
from app.models import Features, Scores
from app.parameters import ComputeTurnDep, ModelDep

router = APIRouter(route_class=JSONRoute)


@router.post("/inference")
async def score_rows(
    features: Features, model: ModelDep, turn: ComputeTurnDep
) -> Scores:
    """Score rows of features."""
    return await to_thread.run_sync(model.score, features.features, limiter=turn)
