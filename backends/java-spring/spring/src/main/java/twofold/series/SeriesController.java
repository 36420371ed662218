package twofold.series;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import twofold.web.JsonBody;

@RestController
class SeriesController {

    @PostMapping("/series/summary")
    Summary summarize(@JsonBody(most = Series.MOST_BYTES) Series series) {
        return series.summary();
    }
}
