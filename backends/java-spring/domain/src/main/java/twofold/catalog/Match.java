package twofold.catalog;

/** An item whose name is near to what was searched. */
public record Match(long id, String name, int distance) {

    static Match of(Item item, int distance) {
        return new Match(item.id(), item.name(), distance);
    }
}
