package twofold.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The catalog in memory: items that do not change, by id and in the order of their ids. No reader waits for a writer. */
public class Store {
    private final ConcurrentNavigableMap<Long, Item> items = new ConcurrentSkipListMap<>();
    private final AtomicLong lastId = new AtomicLong();

    public Store(int seeded) {
        for (int i = 1; i <= seeded; i++) {
            create(Seed.item(i));
        }
    }

    public Optional<Item> get(long id) {
        return Optional.ofNullable(items.get(id));
    }

    /** At most so many items with an id above the given one. */
    Page page(long after, int limit) {
        List<Item> page = new ArrayList<>(Math.min(limit, 64));
        for (Item item : items.tailMap(after, false).values()) {
            if (page.size() == limit) {
                return new Page(page, page.get(limit - 1).id());
            }
            page.add(item);
        }
        return new Page(page, null);
    }

    /** The items as they stand, in the order of their ids. */
    Collection<Item> all() {
        return items.values();
    }

    Item create(NewItem item) {
        Item created = item.withId(lastId.incrementAndGet());
        items.put(created.id(), created);
        return created;
    }

    Optional<Item> replace(long id, NewItem item) {
        Item replaced = item.withId(id);
        return items.replace(id, replaced) == null ? Optional.empty() : Optional.of(replaced);
    }

    boolean delete(long id) {
        return items.remove(id) != null;
    }
}
