package twofold.fanout;

import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import twofold.Settings;
import twofold.web.Parameters;

@RestController
class FanOutController {
    private final Upstream upstream;

    FanOutController(Settings settings, JsonMapper mapper, AsyncTaskExecutor applicationTaskExecutor) {
        upstream = settings.upstreamUrl().isEmpty() ? null
                : new Upstream(settings.upstreamUrl(), mapper, applicationTaskExecutor);
    }

    @GetMapping("/fanout")
    FanOut fanOut(Parameters parameters) throws InterruptedException {
        FanOut.Wanted wanted = FanOut.Wanted.of(parameters);
        if (upstream == null) {
            throw FanOut.noUpstream();
        }
        return FanOut.of(wanted.key(), upstream.values(wanted));
    }
}
