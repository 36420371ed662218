package twofold.catalog;

/** Levenshtein's distance from one text to others, in code points: the textbook's table, of which two rows are kept. */
final class EditDistance {
    private final int[] from;
    private int[] previous;
    private int[] current;

    EditDistance(String from) {
        this.from = from.codePoints().toArray();
        previous = new int[this.from.length + 1];
        current = new int[this.from.length + 1];
    }

    /** How many code points must be inserted, deleted or replaced to make this text. */
    int to(String text) {
        for (int i = 0; i < previous.length; i++) {
            previous[i] = i;
        }
        int row = 0;
        int wanted;
        for (int at = 0; at < text.length(); at += Character.charCount(wanted)) {
            wanted = text.codePointAt(at);
            row++;
            fill(row, wanted);
            int[] filled = current;
            current = previous;
            previous = filled;
        }
        return previous[from.length];
    }

    private void fill(int row, int wanted) {
        current[0] = row;
        for (int i = 0; i < from.length; i++) {
            int replaced = from[i] == wanted ? previous[i] : previous[i] + 1;
            current[i + 1] = Math.min(replaced, Math.min(previous[i + 1], current[i]) + 1);
        }
    }
}
