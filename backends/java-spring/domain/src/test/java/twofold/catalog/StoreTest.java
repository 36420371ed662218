package twofold.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoreTest {
    private static final NewItem LAMP = new NewItem("lamp", 1, 2, List.of());

    private final Store store = new Store(5);

    @Test
    void aPageTellsWhetherMoreFollow() {
        assertEquals(List.of(2L, 3L), idsOf(store.page(1, 2)));
        assertEquals(3, store.page(1, 2).nextAfter());
        assertNull(store.page(3, 2).nextAfter());
        assertEquals(List.of(), idsOf(store.page(5, 2)));
    }

    @Test
    void aPageLeavesOutWhatWasDeleted() {
        assertTrue(store.delete(3));
        assertFalse(store.delete(3));
        assertEquals(List.of(2L, 4L), idsOf(store.page(1, 2)));
    }

    @Test
    void anIdIsNeverUsedTwice() {
        assertEquals(6, store.create(LAMP).id());
        assertTrue(store.delete(6));
        assertEquals(7, store.create(LAMP).id());
    }

    @Test
    void whatIsNotThereIsNotReplaced() {
        assertTrue(store.replace(6, LAMP).isEmpty());
        assertTrue(store.get(6).isEmpty());
        assertEquals("lamp", store.replace(5, LAMP).orElseThrow().name());
        assertEquals("lamp", store.get(5).orElseThrow().name());
    }

    @Test
    void threadsThatCreateAtOnceGetIdsOfTheirOwn() {
        long different = IntStream.range(0, 10_000).parallel().mapToLong(i -> store.create(LAMP).id()).distinct().count();
        assertEquals(10_000, different);
        assertEquals(10_005, store.all().size());
    }

    private static List<Long> idsOf(Page page) {
        return page.items().stream().map(Item::id).toList();
    }
}
