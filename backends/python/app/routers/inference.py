"""The model's scores over HTTP."""

from fastapi import APIRouter

from app.json_body import JSONRoute
from app.models import Features, Scores
from app.parameters import ModelDep

router = APIRouter(route_class=JSONRoute)


@router.post("/inference")
async def score_rows(features: Features, model: ModelDep) -> Scores:
    """Score rows of features."""
    return await model.score(features.features)
