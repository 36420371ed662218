package twofold.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.Comparator;
import java.util.Set;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/** Checks the content type, then that the body is JSON, then that it is what the handler takes: 415, 400, 422. */
class JsonBodyResolver implements HandlerMethodArgumentResolver {
    private static final String JSON = "application/json";

    private final JsonMapper mapper;
    private final Validator validator;

    JsonBodyResolver(JsonMapper mapper, Validator validator) {
        this.mapper = mapper;
        this.validator = validator;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(JsonBody.class);
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container, NativeWebRequest web,
            WebDataBinderFactory binders) throws IOException {
        HttpServletRequest request = web.getNativeRequest(HttpServletRequest.class);
        JsonBody wanted = parameter.getParameterAnnotation(JsonBody.class);
        byte[] body = RequestBody.read(request, wanted.most());
        requireJson(request.getContentType());
        Utf8.require(body);
        Object value = bind(body, mapper.constructType(parameter.getGenericParameterType()));
        Set<ConstraintViolation<Object>> violations = validator.validate(value);
        if (!violations.isEmpty()) {
            throw Refusal.unprocessable(sentence(violations));
        }
        return value;
    }

    private static void requireJson(String contentType) {
        if (!JSON.equals(contentType) && !isJson(contentType)) {
            throw new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The content type must be application/json.");
        }
    }

    private static boolean isJson(String contentType) {
        try {
            return contentType != null && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    private Object bind(byte[] body, JavaType type) {
        Object value;
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
        return new Refusal(HttpStatus.BAD_REQUEST, "The body is not JSON: " + why + ".");
    }

    private static String sentence(Set<ConstraintViolation<Object>> violations) {
        return violations.stream()
                .min(Comparator.comparing(violation -> violation.getPropertyPath().toString()))
                .map(first -> first.getPropertyPath() + " " + first.getMessage() + ".")
                .orElseThrow();
    }
}
