package twofold.catalog;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The same distance by Commons Text, which counts chars: a character of two of them is given a char of its own. */
final class NativeDistance {
    private static final LevenshteinDistance LIBRARY = LevenshteinDistance.getDefaultInstance();

    private final String from;

    NativeDistance(String from) {
        this.from = from;
    }

    int to(String text) {
        if (isOfSingleChars(from) && isOfSingleChars(text)) {
            return LIBRARY.apply(from, text);
        }
        Map<Integer, Character> chars = new HashMap<>();
        return LIBRARY.apply(renamed(from, chars), renamed(text, chars));
    }

    private static boolean isOfSingleChars(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String renamed(String text, Map<Integer, Character> chars) {
        StringBuilder renamed = new StringBuilder();
        text.codePoints().forEach(point -> renamed.append(
                chars.computeIfAbsent(point, unknown -> (char) chars.size()).charValue()));
        return renamed.toString();
    }
}
