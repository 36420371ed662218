package twofold.series;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import twofold.web.EachWithin;

/** A series as a client sends it. */
public record Series(@NotNull @Size(min = 1, max = 200_000) @EachWithin(1e9) double[] values) {
    /** How many bytes its body may have. */
    public static final int MOST_BYTES = 8 << 20;

    public Summary summary() {
        return Summary.of(values);
    }
}
