package twofold.orders;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import twofold.web.Refusal;

/** An order that is being placed: its lines with the prices of the items, which are locked. */
public record Draft(String customer, long totalCents, List<Order.Line> lines) {

    /** What the database has of an item. */
    public record Stocked(int priceCents, int stock) {
    }

    /** Refuses an item that is not there, and one whose stock is too low. */
    public static Draft of(NewOrder order, Map<Long, Stocked> items) {
        List<Order.Line> priced = new ArrayList<>(order.lines().size());
        for (NewOrder.Line line : order.lines()) {
            Stocked item = items.get(line.itemId());
            if (item == null) {
                throw Refusal.unprocessable("There is no item " + line.itemId() + ".");
            }
            if (item.stock() < line.quantity()) {
                throw Refusal.conflict("There is not enough of item " + line.itemId() + " in stock.");
            }
            priced.add(new Order.Line(line.itemId(), line.quantity(), item.priceCents()));
        }
        long total = priced.stream().mapToLong(line -> (long) line.quantity() * line.priceCents()).sum();
        return new Draft(order.customer(), total, priced);
    }

    /** As it was stored: under this id, the stock taken of so many items. */
    public Order stored(long id, long taken) {
        if (taken != lines.size()) {
            throw Refusal.conflict("The stock is too low.");
        }
        return new Order(id, customer, totalCents, lines);
    }

    public Long[] itemIds() {
        return lines.stream().map(Order.Line::itemId).toArray(Long[]::new);
    }

    public Integer[] quantities() {
        return lines.stream().map(Order.Line::quantity).toArray(Integer[]::new);
    }

    public Integer[] pricesCents() {
        return lines.stream().map(Order.Line::priceCents).toArray(Integer[]::new);
    }
}
