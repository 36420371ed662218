package twofold.catalog;

import java.util.ArrayList;
import java.util.List;

/** The items that a fresh process holds, by the contract's rule. */
public final class Seed {
    private static final String CONSONANTS = "bcdfghjklmnprstv";
    private static final String VOWELS = "aeio";
    private static final List<String> TAGS = List.of("new", "sale", "eco", "gift", "bulk");

    private Seed() {
    }

    static NewItem item(int i) {
        return new NewItem(name(mix(i)), 100 + Integer.remainderUnsigned(mix(i + 1_000_000), 99_901),
                Integer.remainderUnsigned(mix(i + 2_000_000), 1_000), tags(mix(i + 3_000_000)));
    }

    /** The finalizer of MurmurHash3. */
    public static int mix(int value) {
        int mixed = value ^ value >>> 16;
        mixed *= 0x85ebca6b;
        mixed ^= mixed >>> 13;
        mixed *= 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }

    private static String name(int bits) {
        StringBuilder name = new StringBuilder(11);
        for (int syllable = 0; syllable < 5; syllable++) {
            int low = bits >>> 6 * syllable;
            name.append(syllable == 2 ? " " : "").append(CONSONANTS.charAt(low & 15)).append(VOWELS.charAt(low >>> 4 & 3));
        }
        return name.toString();
    }

    private static List<String> tags(int bits) {
        List<String> tags = new ArrayList<>(TAGS.size());
        for (int i = 0; i < TAGS.size(); i++) {
            if ((bits >>> i & 1) == 1) {
                tags.add(TAGS.get(i));
            }
        }
        return List.copyOf(tags);
    }
}
