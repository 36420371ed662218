package twofold.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import twofold.web.Refusal;

class DraftTest {
    private static final Map<Long, Draft.Stocked> ITEMS = Map.of(
            1L, new Draft.Stocked(13_473, 10), 2L, new Draft.Stocked(100_000_000, 100));

    @Test
    void linesHaveTheirPricesInTheOrderGivenAndTheTotalIsMoreThanAnInt() {
        Draft draft = Draft.of(order(new NewOrder.Line(2, 100), new NewOrder.Line(1, 10)), ITEMS);
        assertEquals(10_000_134_730L, draft.totalCents());
        Order order = draft.stored(7, 2);
        assertEquals(new Order(7, "Ada", 10_000_134_730L, List.of(
                new Order.Line(2, 100, 100_000_000), new Order.Line(1, 10, 13_473))), order);
    }

    @Test
    void anItemThatIsNotThereIsRefused() {
        assertRefused(422, () -> Draft.of(order(new NewOrder.Line(3, 1)), ITEMS));
    }

    @Test
    void stockThatIsTooLowIsRefusedWhenItIsReadAndWhenItIsTaken() {
        assertRefused(409, () -> Draft.of(order(new NewOrder.Line(1, 11)), ITEMS));
        Draft draft = Draft.of(order(new NewOrder.Line(1, 1), new NewOrder.Line(2, 1)), ITEMS);
        assertRefused(409, () -> draft.stored(7, 1));
    }

    private static NewOrder order(NewOrder.Line... lines) {
        return new NewOrder("Ada", List.of(lines));
    }

    private static void assertRefused(int status, Runnable what) {
        assertEquals(status, assertThrows(Refusal.class, what::run).status());
    }
}
