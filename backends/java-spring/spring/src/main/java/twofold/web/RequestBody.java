package twofold.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads a request's body: not more than it may have. */
final class RequestBody {
    private static final int PART = 4096;

    private RequestBody() {
    }

    static byte[] read(HttpServletRequest request, int most) throws IOException {
        long length = request.getContentLengthLong();
        if (length > most) {
            throw Refusal.tooLarge(most);
        }
        InputStream from = request.getInputStream();
        byte[] body = new byte[length < 0 ? PART : (int) length];
        int count = 0;
        while (count != length) {
            if (count == body.length) {
                body = Arrays.copyOf(body, 2 * count);
            }
            int more = from.read(body, count, body.length - count);
            if (more < 0) {
                break;
            }
            count += more;
            if (count > most) {
                throw Refusal.tooLarge(most);
            }
        }
        return count == body.length ? body : Arrays.copyOf(body, count);
    }
}
