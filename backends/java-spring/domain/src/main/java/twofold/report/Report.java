package twofold.report;

import java.util.List;

/** Amounts by region, and what explains them. */
public record Report(int rows, List<Group> groups, double[] coefficients) {

    /** The amounts of one region. */
    public record Group(int region, long count, long totalCents, double meanCents, long mostCents) {
    }
}
