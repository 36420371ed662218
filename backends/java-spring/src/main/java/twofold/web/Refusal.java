package twofold.web;

import java.io.Serial;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** A request that is refused: the status of the answer, and a sentence for a person. */
public class Refusal extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    private final HttpStatus status;

    /** Without a stack trace: it says nothing of the program, and would be most of what a bad request costs. */
    public Refusal(HttpStatus status, String detail) {
        super(detail, null, false, false);
        this.status = status;
    }

    public static Refusal unprocessable(String detail) {
        return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, detail);
    }

    public static Refusal notFound(String detail) {
        return new Refusal(HttpStatus.NOT_FOUND, detail);
    }

    public static Refusal unavailable(String detail) {
        return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, detail);
    }

    public HttpStatus status() {
        return status;
    }

    /** What the answer has besides. */
    public HttpHeaders headers() {
        return HttpHeaders.EMPTY;
    }
}
