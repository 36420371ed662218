package twofold.catalog;

import java.util.List;

/** Some items in ascending id, and the id after which the next page starts: null after the last. */
public record Page(List<Item> items, Long nextAfter) {
}
