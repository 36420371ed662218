package twofold.web;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether a body is UTF-8: Jackson would guess UTF-16, and lets pass what is no character. */
final class Utf8 {
    private Utf8() {
    }

    static void require(byte[] body) {
        boolean ascii = true;
        for (byte each : body) {
            if (each <= 0) {
                ascii = false;
                break;
            }
        }
        if (!ascii && !isText(body)) {
            throw Refusal.badRequest("The body is not JSON: it is not valid UTF-8.");
        }
    }

    private static boolean isText(byte[] body) {
        for (byte each : body) {
            if (each == 0) {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
