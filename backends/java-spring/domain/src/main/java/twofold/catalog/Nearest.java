package twofold.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The items whose names are nearest: by distance, then by id. */
final class Nearest {
    private static final int MOST = 10;

    private Nearest() {
    }

    /** Looks at every item; they come in the order of their ids. */
    static List<Match> of(Iterable<Item> items, ToIntFunction<String> distance) {
        List<Match> nearest = new ArrayList<>(MOST + 1);
        for (Item item : items) {
            int far = distance.applyAsInt(item.name());
            if (nearest.size() < MOST || far < nearest.get(MOST - 1).distance()) {
                nearest.add(placeOf(far, nearest), Match.of(item, far));
                if (nearest.size() > MOST) {
                    nearest.remove(MOST);
                }
            }
        }
        return nearest;
    }

    /** Behind those that are as near: their ids are lower. */
    private static int placeOf(int far, List<Match> nearest) {
        int place = nearest.size();
        while (place > 0 && nearest.get(place - 1).distance() > far) {
            place--;
        }
        return place;
    }
}
