package twofold.catalog;

import twofold.web.Parameters;
import twofold.web.Refusal;

/** What can be done with the items of the catalog. */
public final class Items {
    private static final int MOST = 1000;
    private static final int USUAL = 20;

    private final Store store;

    public Items(Store store) {
        this.store = store;
    }

    public Page list(Parameters parameters) {
        int limit = (int) parameters.integer("limit", 1, MOST, USUAL);
        return store.page(parameters.integer("after", 0, Parameters.MAX_SAFE_INTEGER, 0), limit);
    }

    public Item create(NewItem item) {
        return store.create(item);
    }

    public Item get(long id) {
        return store.get(id).orElseThrow(() -> noItem(id));
    }

    public Item replace(long id, NewItem item) {
        return store.replace(id, item).orElseThrow(() -> noItem(id));
    }

    public void delete(long id) {
        if (!store.delete(id)) {
            throw noItem(id);
        }
    }

    private static Refusal noItem(long id) {
        return Refusal.notFound("There is no item " + id + ".");
    }
}
