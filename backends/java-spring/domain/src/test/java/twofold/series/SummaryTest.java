package twofold.series;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void theContractsExample() {
        Summary summary = Summary.of(new double[] {5, 1, 4, 2, 3});
        assertEquals(5, summary.count());
        assertEquals(3, summary.mean(), 1e-12);
        assertEquals(Math.sqrt(2), summary.stdev(), 1e-12);
        assertEquals(1, summary.min());
        assertEquals(5, summary.max());
        assertEquals(3, summary.p50(), 1e-12);
        assertEquals(4.8, summary.p95(), 1e-12);
        assertEquals(4.96, summary.p99(), 1e-12);
        assertArrayEquals(new int[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1}, summary.histogram());
    }

    @Test
    void equalNumbersAreInTheFirstBin() {
        Summary summary = Summary.of(new double[] {7, 7, 7});
        assertEquals(0, summary.stdev());
        assertEquals(3, summary.histogram()[0]);
    }

    @Test
    void largeNumbersCloseTogetherKeepTheirDeviation() {
        assertEquals(0.5, Summary.of(new double[] {1e9 - 1, 1e9}).stdev(), 1e-9);
    }
}
