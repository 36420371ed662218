package twofold.series;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import twofold.web.EachWithin;
import twofold.web.JsonBody;

@RestController
class SeriesController {
    private static final int MOST_BYTES = 8 << 20;

    @PostMapping("/series/summary")
    Summary summarize(@JsonBody(most = MOST_BYTES) Series series) {
        return Summary.of(series.values());
    }

    record Series(@NotNull @Size(min = 1, max = 200_000) @EachWithin(1e9) double[] values) {
    }
}
