package twofold.web;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.net.HttpURLConnection;
import java.util.Comparator;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.json.JsonMapper;

/** Reads bodies: whether they are called JSON, whether they are JSON, whether they are what is wanted: 415, 400, 422. */
public final class JsonReader {
    /** How many bytes a body may have, where nothing else is said. */
    public static final int MOST_BYTES = 1 << 20;

    private static final String JSON = "application/json";

    private final JsonMapper mapper;
    private final Validator validator;

    public JsonReader(JsonMapper mapper, Validator validator) {
        this.mapper = mapper;
        this.validator = validator;
    }

    /** Looks at a Content-Type, which may have parameters, and may be null. */
    public static void requireJson(String contentType) {
        if (!JSON.equals(contentType) && !isJson(contentType)) {
            throw new Refusal(HttpURLConnection.HTTP_UNSUPPORTED_TYPE, "The content type must be " + JSON + ".");
        }
    }

    private static boolean isJson(String contentType) {
        if (contentType == null) {
            return false;
        }
        int parameters = contentType.indexOf(';');
        return JSON.equalsIgnoreCase((parameters < 0 ? contentType : contentType.substring(0, parameters)).trim());
    }

    /** What a body says, checked. */
    public <T> T read(byte[] body, Class<T> type) {
        Utf8.require(body);
        T value = bind(body, type);
        Set<ConstraintViolation<T>> violations = validator.validate(value);
        if (!violations.isEmpty()) {
            throw Refusal.unprocessable(sentence(violations));
        }
        return value;
    }

    private <T> T bind(byte[] body, Class<T> type) {
        T value;
        try {
            value = mapper.readValue(body, type);
        } catch (JacksonException wrong) {
            requireWhole(body);
            throw Refusal.unprocessable("The body is not what is wanted here: " + wrong.getOriginalMessage());
        }
        if (value == null) {
            throw Refusal.unprocessable("The body must be a JSON object.");
        }
        return value;
    }

    /** The mapper tells of a wrong field before it has seen whether the rest is JSON. */
    private void requireWhole(byte[] body) {
        try (JsonParser parser = mapper.createParser(body)) {
            boolean any = false;
            int depth = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (any && depth == 0) {
                    throw notJson("there is something after its end");
                }
                any = true;
                depth += token.isStructStart() ? 1 : 0;
                depth -= token.isStructEnd() ? 1 : 0;
            }
            if (!any) {
                throw notJson("it is empty");
            }
        } catch (JacksonException wrong) {
            throw notJson(wrong.getOriginalMessage());
        }
    }

    private static Refusal notJson(String why) {
        return Refusal.badRequest("The body is not JSON: " + why + ".");
    }

    private static <T> String sentence(Set<ConstraintViolation<T>> violations) {
        return violations.stream()
                .min(Comparator.comparing(violation -> violation.getPropertyPath().toString()))
                .map(first -> first.getPropertyPath() + " " + first.getMessage() + ".")
                .orElseThrow();
    }
}
