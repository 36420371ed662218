package twofold.report;

import twofold.web.Parameters;
import twofold.web.Refusal;

/** Makes reports on the table, where there is one. */
public final class Reports {
    private final Table table;

    /** On a table of so many rows; 0: there is none. */
    public Reports(int rows) {
        table = rows == 0 ? null : new Table(rows);
    }

    /** On how many rows a client wants a report. */
    public int rowsOf(Parameters parameters) {
        long most = table == null ? Parameters.MAX_SAFE_INTEGER : table.rows();
        int rows = (int) parameters.required("rows", Table.LEAST_ROWS, most);
        if (table == null) {
            throw Refusal.unavailable("This service was given no table.");
        }
        return rows;
    }

    /** On the first rows. */
    public Report report(int rows) {
        return table.report(rows);
    }
}
