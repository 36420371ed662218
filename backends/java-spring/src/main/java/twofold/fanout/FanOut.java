package twofold.fanout;

import java.util.ArrayList;
import java.util.List;

/** The answers of several calls of the upstream, in the order of the calls. */
record FanOut(long key, boolean partial, long sum, List<Result> results) {

    /** What one call brought: null where it failed. */
    record Result(int call, Long value) {
    }

    static FanOut of(long key, List<Long> values) {
        List<Result> results = new ArrayList<>(values.size());
        long sum = 0;
        boolean partial = false;
        for (Long value : values) {
            results.add(new Result(results.size(), value));
            partial |= value == null;
            sum += value == null ? 0 : value;
        }
        return new FanOut(key, partial, sum, results);
    }
}
