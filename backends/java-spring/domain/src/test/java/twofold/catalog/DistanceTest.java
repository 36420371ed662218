package twofold.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistanceTest {

    @Test
    void textsAreAsFarApartAsTheBookSays() {
        assertBoth(3, "kitten", "sitting");
        assertBoth(0, "same", "same");
        assertBoth(4, "gone", "");
        assertBoth(2, "difece", "difése");
        assertBoth(1, "a\ud83d\ude00b", "a\ud83d\ude01b");
        assertBoth(2, "\ud83d\ude00x", "x\ud83d\ude00");
    }

    @Test
    void theLibraryAgreesOnTextsOfChance() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            String from = text(random);
            String to = text(random);
            assertEquals(new EditDistance(from).to(to), new NativeDistance(from).to(to), from + " to " + to);
        }
    }

    @Test
    void theNearestComeByDistanceAndThenById() {
        List<Match> found = Nearest.of(new Store(10_000).all(), new EditDistance("kodi difese")::to);
        assertEquals(10, found.size());
        assertEquals(new Match(1, "kodi difece", 1), found.get(0));
        for (int i = 1; i < found.size(); i++) {
            Match before = found.get(i - 1);
            Match match = found.get(i);
            assertEquals(true, before.distance() < match.distance()
                    || before.distance() == match.distance() && before.id() < match.id());
        }
    }

    private static void assertBoth(int distance, String from, String to) {
        assertEquals(distance, new EditDistance(from).to(to));
        assertEquals(distance, new NativeDistance(from).to(to));
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(random.nextInt(5) == 0 ? 0x1f600 + random.nextInt(3) : 'a' + random.nextInt(4));
        }
        return text.toString();
    }
}
