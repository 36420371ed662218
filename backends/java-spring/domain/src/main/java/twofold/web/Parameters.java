package twofold.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Values from path and query. No framework's own parameters are used: some refuse a request for a malformed one that nobody
 * asked for.
 */
public final class Parameters {
    /** The highest integer that a number of JSON carries exactly. */
    public static final long MAX_SAFE_INTEGER = (1L << 53) - 1;

    private static final int MOST_DIGITS = 18;

    private final String query;

    /** Of a query as it was sent, without the question mark; null where there is none. */
    public Parameters(String query) {
        this.query = query;
    }

    /** The id of a path. */
    public static long id(String text) {
        return integer("the id", text, 1, MAX_SAFE_INTEGER);
    }

    /** A decimal integer of the query within its bounds, or what it is by default. */
    public long integer(String name, long least, long most, long byDefault) {
        return text(name).map(text -> integer(name, text, least, most)).orElse(byDefault);
    }

    /** A decimal integer of the query that has to be there. */
    public long required(String name, long least, long most) {
        String text = text(name).orElseThrow(() -> Refusal.unprocessable(name + " is missing."));
        return integer(name, text, least, most);
    }

    /** The first value of a query parameter; a malformed one as it stands, for its own check to refuse. */
    public Optional<String> text(String name) {
        if (query == null) {
            return Optional.empty();
        }
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            if (name.equals(decoded(key))) {
                return Optional.of(equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return Optional.empty();
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    private static long integer(String name, String text, long least, long most) {
        if (isDecimal(text)) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw Refusal.unprocessable("%s must be a decimal integer from %d to %d.".formatted(name, least, most));
    }

    private static boolean isDecimal(String text) {
        return !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
