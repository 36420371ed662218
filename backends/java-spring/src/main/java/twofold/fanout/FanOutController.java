package twofold.fanout;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import twofold.Settings;
import twofold.web.Parameters;
import twofold.web.Refusal;

@RestController
class FanOutController {
    private final Upstream upstream;

    FanOutController(Settings settings, JsonMapper mapper, AsyncTaskExecutor applicationTaskExecutor) {
        upstream = settings.upstreamUrl().isEmpty() ? null
                : new Upstream(settings.upstreamUrl(), mapper, applicationTaskExecutor);
    }

    @GetMapping("/fanout")
    FanOut fanOut(HttpServletRequest request) throws InterruptedException {
        long key = Parameters.required(request, "key", 0, Parameters.MAX_SAFE_INTEGER);
        int calls = (int) Parameters.query(request, "calls", 1, 64, 8);
        if (upstream == null) {
            throw Refusal.unavailable("This service was given no upstream.");
        }
        return FanOut.of(key, upstream.values(key, calls));
    }
}
