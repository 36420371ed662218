package twofold.web;

import java.io.Serial;
import java.net.HttpURLConnection;
import java.util.Map;

/** A request that is refused: the status of the answer, and a sentence for a person. */
public class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int UNPROCESSABLE = 422;

    private final int status;

    /** Without a stack trace: it says nothing of the program, and would be most of what a bad request costs. */
    public Refusal(int status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    public static Refusal badRequest(String detail) {
        return new Refusal(HttpURLConnection.HTTP_BAD_REQUEST, detail);
    }

    public static Refusal notFound(String detail) {
        return new Refusal(HttpURLConnection.HTTP_NOT_FOUND, detail);
    }

    public static Refusal conflict(String detail) {
        return new Refusal(HttpURLConnection.HTTP_CONFLICT, detail);
    }

    public static Refusal tooLarge(long most) {
        return new Refusal(HttpURLConnection.HTTP_ENTITY_TOO_LARGE, "The body must not exceed " + most + " bytes.");
    }

    public static Refusal unprocessable(String detail) {
        return new Refusal(UNPROCESSABLE, detail);
    }

    public static Refusal unavailable(String detail) {
        return new Refusal(HttpURLConnection.HTTP_UNAVAILABLE, detail);
    }

    public int status() {
        return status;
    }

    /** What the answer has besides. */
    public Map<String, String> headers() {
        return Map.of();
    }
}
