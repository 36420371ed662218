package twofold.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void theGroupsAreOfTheFirstRowsAndTheCoefficientsOfTheRule() {
        Report report = new Table(3_000).report(2_000);
        assertEquals(2_000, report.groups().stream().mapToLong(Report.Group::count).sum());
        assertEquals(24, report.groups().size());
        double[] found = report.coefficients();
        assertEquals(16, found.length);
        // What is not explained is spread evenly over 0 to 1999, and belongs to the first term.
        assertEquals(6_000, found[0], 300);
        for (int term = 1; term < found.length; term++) {
            assertEquals(term, found[term], 0.2);
        }
    }

    @Test
    void moreRowsGiveAnotherReport() {
        Table table = new Table(2_000);
        assertTrue(table.report(1_000).coefficients()[0] != table.report(2_000).coefficients()[0]);
    }
}
