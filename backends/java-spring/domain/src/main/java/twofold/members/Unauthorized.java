package twofold.members;

import java.io.Serial;
import java.net.HttpURLConnection;
import java.util.Map;
import twofold.web.Refusal;

/** Who asks has not shown who they are. */
class Unauthorized extends Refusal {
    @Serial
    private static final long serialVersionUID = 1;

    Unauthorized(String detail) {
        super(HttpURLConnection.HTTP_UNAUTHORIZED, detail);
    }

    @Override
    public Map<String, String> headers() {
        return Map.of("WWW-Authenticate", "Bearer");
    }
}
