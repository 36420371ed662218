package twofold.catalog;

import java.util.List;
import twofold.web.Parameters;
import twofold.web.Refusal;

/** Finds the items whose names are nearest to a text. */
public final class Search {
    private static final int MOST = 64;

    private final Store store;

    public Search(Store store) {
        this.store = store;
    }

    /** What a client searches. */
    public static String textOf(Parameters parameters) {
        String text = parameters.text("q").orElse("");
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > MOST) {
            throw Refusal.unprocessable("q must be 1 to " + MOST + " characters.");
        }
        return text;
    }

    /** By the contract in the language itself. */
    public Matches nearest(String text) {
        return new Matches(Nearest.of(store.all(), new EditDistance(text)::to));
    }

    /** By the library. */
    public Matches nearestNative(String text) {
        return new Matches(Nearest.of(store.all(), new NativeDistance(text)::to));
    }

    /** The nearest, by distance and then by id. */
    public record Matches(List<Match> items) {
    }
}
