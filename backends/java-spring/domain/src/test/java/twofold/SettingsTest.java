package twofold;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void whatIsAbsentIsAsTheContractHasIt() {
        assertEquals(new Settings(2, 10_000, 0, false, "", "", "", "", ""), Settings.of(Map.of("CORES", "2")::get));
    }

    @Test
    void whatIsGivenIsTaken() {
        Map<String, String> given = Map.of("CORES", "1", "ITEMS", "10000000", "TABLE_ROWS", "1048576", "FAULTS", "1",
                "UPSTREAM_URL", "u", "DATABASE_URL", "d", "MODEL_FILE", "m", "ACCOUNTS_FILE", "a", "TOKEN_KEY", "k");
        assertEquals(new Settings(1, 10_000_000, 1 << 20, true, "u", "d", "m", "a", "k"), Settings.of(given::get));
    }

    @Test
    void numbersOutOfTheirRangeAreRefused() {
        assertRefused(Map.of());
        assertRefused(Map.of("CORES", "0"));
        assertRefused(Map.of("CORES", "two"));
        assertRefused(Map.of("CORES", "1", "ITEMS", "10000001"));
        assertRefused(Map.of("CORES", "1", "TABLE_ROWS", "-1"));
    }

    private static void assertRefused(Map<String, String> given) {
        assertThrows(IllegalArgumentException.class, () -> Settings.of(given::get));
    }
}
