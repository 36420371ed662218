package twofold.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Reads a body that is JSON. */
class JsonBodyResolver implements HandlerMethodArgumentResolver {
    private final JsonReader reader;

    JsonBodyResolver(JsonReader reader) {
        this.reader = reader;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.hasParameterAnnotation(JsonBody.class);
    }

    @Override
    public Object resolveArgument(MethodParameter parameter, ModelAndViewContainer container, NativeWebRequest web,
            WebDataBinderFactory binders) throws IOException {
        HttpServletRequest request = web.getNativeRequest(HttpServletRequest.class);
        byte[] body = RequestBody.read(request, parameter.getParameterAnnotation(JsonBody.class).most());
        JsonReader.requireJson(request.getContentType());
        return reader.read(body, parameter.getParameterType());
    }
}
