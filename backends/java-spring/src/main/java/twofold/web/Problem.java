package twofold.web;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.HttpStatus;

/** The body of an error (RFC 9457). */
public record Problem(String type, String title, int status, String detail) {

    static Problem of(HttpStatusCode status, String detail) {
        HttpStatus known = HttpStatus.resolve(status.value());
        return new Problem("about:blank", known == null ? "Error" : known.getReasonPhrase(), status.value(), detail);
    }
}
