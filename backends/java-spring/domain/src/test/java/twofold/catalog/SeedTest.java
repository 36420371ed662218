package twofold.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeedTest {
    private final Store store = new Store(10_000);

    @Test
    void theFirstAndTheLastAreThoseOfTheContract() {
        assertEquals(new Item(1, "kodi difece", 13_473, 220, List.of("new", "sale", "eco", "bulk")), store.get(1).orElseThrow());
        assertEquals(new Item(2, "jara rasobo", 78_114, 420, List.of("new", "eco")), store.get(2).orElseThrow());
        assertEquals(new Item(10_000, "toje mepila", 6_141, 884, List.of("gift")), store.get(10_000).orElseThrow());
    }

    @Test
    void allTogetherAddUpAsTheContractSays() {
        assertEquals(495_328_830, store.all().stream().mapToLong(Item::priceCents).sum());
        assertEquals(4_997_258, store.all().stream().mapToLong(Item::stock).sum());
        assertEquals(24_933, store.all().stream().mapToLong(item -> item.tags().size()).sum());
    }
}
