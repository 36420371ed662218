package twofold.catalog;

import java.util.List;

/** An item as the catalog holds it. */
public record Item(long id, String name, int priceCents, int stock, List<String> tags) {
}
