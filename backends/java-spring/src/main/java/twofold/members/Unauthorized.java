package twofold.members;

import java.io.Serial;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import twofold.web.Refusal;

/** Who asks has not shown who they are. */
class Unauthorized extends Refusal {
    @Serial
    private static final long serialVersionUID = 1;

    Unauthorized(String detail) {
        super(HttpStatus.UNAUTHORIZED, detail);
    }

    @Override
    public HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        return headers;
    }
}
