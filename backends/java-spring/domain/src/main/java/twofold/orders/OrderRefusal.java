package twofold.orders;

import twofold.web.Refusal;

/** Why an operation on orders is refused before, or after, the database is asked. */
public final class OrderRefusal {
    private OrderRefusal() {
    }

    public static Refusal noDatabase() {
        return Refusal.unavailable("This service was given no database.");
    }

    /** Whatever is wrong with the database is one error. */
    public static Refusal notServed() {
        return Refusal.unavailable("The database did not serve this request.");
    }

    public static Refusal noOrder(long id) {
        return Refusal.notFound("There is no order " + id + ".");
    }
}
