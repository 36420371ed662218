package twofold.orders;

import java.util.List;

/** An order as the database holds it, its lines in the order given. */
record Order(long id, String customer, long totalCents, List<Line> lines) {

    /** One item, at the price that it had when the order was placed. */
    record Line(long itemId, int quantity, int priceCents) {
    }
}
