package twofold.report;

import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;
import twofold.catalog.Seed;

/** Rows that do not change, and reports on them. */
class Table {
    static final int LEAST_ROWS = 1000;

    private static final int REGIONS = 24;
    private static final int TERMS = 16;
    private static final int APART = 0x9e3779b9;

    private final byte[] regions;
    private final double[] cents;
    private final double[] terms; // row after row

    Table(int rows) {
        regions = new byte[rows];
        cents = new double[rows];
        terms = new double[rows * TERMS];
        for (int row = 0; row < rows; row++) {
            fill(row);
        }
    }

    private void fill(int row) {
        int id = row + 1;
        regions[row] = (byte) column(id, 0, REGIONS);
        int sum = 5000 + column(id, TERMS, 2000);
        terms[row * TERMS] = 1;
        for (int term = 1; term < TERMS; term++) {
            int value = column(id, term, 1000);
            terms[row * TERMS + term] = value;
            sum += term * value;
        }
        cents[row] = sum;
    }

    private static int column(int id, int number, int below) {
        return Integer.remainderUnsigned(Seed.mix(id + number * APART), below);
    }

    int rows() {
        return cents.length;
    }

    /** On the first rows. */
    Report report(int rows) {
        return new Report(rows, groups(rows), coefficients(rows));
    }

    private List<Report.Group> groups(int rows) {
        long[] counts = new long[REGIONS];
        long[] totals = new long[REGIONS];
        long[] most = new long[REGIONS];
        for (int row = 0; row < rows; row++) {
            int region = regions[row];
            long amount = (long) cents[row];
            counts[region]++;
            totals[region] += amount;
            most[region] = Math.max(most[region], amount);
        }
        List<Report.Group> groups = new ArrayList<>(REGIONS);
        for (int region = 0; region < REGIONS; region++) {
            if (counts[region] > 0) {
                double mean = (double) totals[region] / counts[region];
                groups.add(new Report.Group(region, counts[region], totals[region], mean, most[region]));
            }
        }
        return groups;
    }

    /** Solves the normal equations: the terms are few, and far from depending on each other. */
    private double[] coefficients(int rows) {
        DMatrixRMaj x = DMatrixRMaj.wrap(rows, TERMS, terms);
        DMatrixRMaj y = DMatrixRMaj.wrap(rows, 1, cents);
        DMatrixRMaj products = new DMatrixRMaj(TERMS, TERMS);
        DMatrixRMaj sums = new DMatrixRMaj(TERMS, 1);
        DMatrixRMaj solved = new DMatrixRMaj(TERMS, 1);
        CommonOps_DDRM.multInner(x, products);
        CommonOps_DDRM.multTransA(x, y, sums);
        LinearSolverDense<DMatrixRMaj> solver = LinearSolverFactory_DDRM.symmPosDef(TERMS);
        if (!solver.setA(products)) {
            throw new IllegalStateException("the terms depend on each other");
        }
        solver.solve(sums, solved);
        return solved.data;
    }
}
