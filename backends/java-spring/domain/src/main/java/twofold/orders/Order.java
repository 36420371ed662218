package twofold.orders;

import java.util.List;

/** An order as the database holds it, its lines in the order given. */
public record Order(long id, String customer, long totalCents, List<Line> lines) {

    /** One item, at the price that it had when the order was placed. */
    public record Line(long itemId, int quantity, int priceCents) {
    }
}
