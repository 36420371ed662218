package twofold;

import java.util.function.UnaryOperator;

/**
 * What a service was started with.
 *
 * @param cores how many cores it may fill
 * @param items how many items its catalog starts with
 * @param tableRows how many rows the table of the report has; 0: it has none
 * @param faults whether it can be made to fail
 * @param upstreamUrl empty, as those behind it, where it was given none
 */
public record Settings(
        int cores,
        int items,
        int tableRows,
        boolean faults,
        String upstreamUrl,
        String databaseUrl,
        String modelFile,
        String accountsFile,
        String tokenKey) {

    /** Of the contract's variables; one that is not there is null. */
    public static Settings of(UnaryOperator<String> variables) {
        return new Settings(
                number(variables, "CORES", null, 1, Integer.MAX_VALUE),
                number(variables, "ITEMS", "10000", 0, 10_000_000),
                number(variables, "TABLE_ROWS", "0", 0, 1 << 20),
                "1".equals(variables.apply("FAULTS")),
                text(variables, "UPSTREAM_URL"),
                text(variables, "DATABASE_URL"),
                text(variables, "MODEL_FILE"),
                text(variables, "ACCOUNTS_FILE"),
                text(variables, "TOKEN_KEY"));
    }

    private static String text(UnaryOperator<String> variables, String name) {
        String text = variables.apply(name);
        return text == null ? "" : text;
    }

    private static int number(UnaryOperator<String> variables, String name, String byDefault, int least, int most) {
        String given = variables.apply(name);
        String text = given == null ? byDefault : given;
        if (text != null && text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException("%s must be a number from %d to %d.".formatted(name, least, most));
    }
}
