"""Orders over HTTP."""

from fastapi import APIRouter, HTTPException, Response, status

from app.json_body import JSONRoute
from app.models import NewOrder, Order
from app.parameters import OrderId, OrdersDep

router = APIRouter(prefix="/orders", tags=["orders"], route_class=JSONRoute)


@router.post("", status_code=status.HTTP_201_CREATED)
async def place_order(new: NewOrder, orders: OrdersDep, response: Response) -> Order:
    """Place an order: all of it, or nothing."""
    order = await orders.place(new)
    response.headers["Location"] = f"/orders/{order.id}"
    return order


@router.get("/{order_id}")
async def get_order(order_id: OrderId, orders: OrdersDep) -> Order:
    """Return one order with its lines."""
    order = await orders.get(order_id)
    if order is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, f"There is no order {order_id}.")
    return order
