package twofold.fanout;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import twofold.web.Parameters;
import twofold.web.Refusal;

/** The answers of several calls of the upstream, in the order of the calls. */
public record FanOut(long key, boolean partial, long sum, List<Result> results) {
    /** How long a call may take. */
    public static final Duration CALL = Duration.ofSeconds(2);

    /** How many connections to the upstream there are at most, and how long one is kept that nobody uses. */
    public static final int CONNECTIONS = 4096;
    public static final Duration KEPT = Duration.ofSeconds(75);

    private static final int MOST_CALLS = 64;
    private static final int USUAL_CALLS = 8;

    /** What one call brought: null where it failed. */
    public record Result(int call, Long value) {
    }

    /** What a client asks for: so many calls with this key. */
    public record Wanted(long key, int calls) {

        public static Wanted of(Parameters parameters) {
            long key = parameters.required("key", 0, Parameters.MAX_SAFE_INTEGER);
            return new Wanted(key, (int) parameters.integer("calls", 1, MOST_CALLS, USUAL_CALLS));
        }

        /** Where the upstream is asked for the value of a call. */
        public String path(int call) {
            return "/values/" + key + "/" + call;
        }
    }

    /** What the upstream answers to a call. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Answer(Long value) {

        /** The value, or null where it is none that JSON carries exactly. */
        public Long exact() {
            return value != null && Math.abs(value) <= Parameters.MAX_SAFE_INTEGER ? value : null;
        }
    }

    /** Of the values in the order of the calls: null where one failed. */
    public static FanOut of(long key, List<Long> values) {
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

    public static Refusal noUpstream() {
        return Refusal.unavailable("This service was given no upstream.");
    }
}
