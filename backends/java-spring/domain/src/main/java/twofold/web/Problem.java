package twofold.web;

/** The body of an error (RFC 9457). */
public record Problem(String type, String title, int status, String detail) {
    /** What a client is told of a mistake that is ours. */
    public static final String FAILED = "The service failed to answer.";

    /** The title is the status in words. */
    public static Problem of(int status, String title, String detail) {
        return new Problem("about:blank", title, status, detail);
    }
}
