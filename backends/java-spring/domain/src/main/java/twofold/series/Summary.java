package twofold.series;

import java.util.Arrays;

/** A series in a few numbers. */
public record Summary(int count, double mean, double stdev, double min, double max, double p50, double p95, double p99,
        int[] histogram) {
    private static final int BINS = 20;

    /** Of at least one number; leaves them sorted. */
    static Summary of(double[] values) {
        Arrays.sort(values);
        double mean = sum(values, 0) / values.length;
        return new Summary(values.length, mean, deviation(values, mean), values[0], values[values.length - 1],
                percentile(values, 0.50), percentile(values, 0.95), percentile(values, 0.99), histogram(values));
    }

    private static double sum(double[] values, double less) {
        double sum = 0;
        for (double value : values) {
            sum += value - less;
        }
        return sum;
    }

    /** Of the population. What is taken off would be 0, but for what rounding did to the mean. */
    private static double deviation(double[] values, double mean) {
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double rest = sum(values, mean);
        return Math.sqrt(Math.max(0, squares - rest * rest / values.length) / values.length);
    }

    private static double percentile(double[] sorted, double share) {
        double rank = (sorted.length - 1) * share;
        int below = (int) rank;
        double low = sorted[below];
        return below == rank ? low : low + (rank - below) * (sorted[below + 1] - low);
    }

    private static int[] histogram(double[] sorted) {
        int[] counts = new int[BINS];
        double least = sorted[0];
        double width = sorted[sorted.length - 1] - least;
        for (double value : sorted) {
            counts[width == 0 ? 0 : Math.min(BINS - 1, (int) ((value - least) / width * BINS))]++;
        }
        return counts;
    }
}
