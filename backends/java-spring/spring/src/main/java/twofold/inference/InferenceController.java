package twofold.inference;

import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import twofold.inference.Scoring.Rows;
import twofold.inference.Scoring.Scores;
import twofold.web.CpuWork;
import twofold.web.JsonBody;

@RestController
class InferenceController {
    private final Scoring scoring;
    private final CpuWork cpu;

    InferenceController(Scoring scoring, CpuWork cpu) {
        this.scoring = scoring;
        this.cpu = cpu;
    }

    @PostMapping("/inference")
    Scores score(@JsonBody(most = Scoring.MOST_BYTES) Rows rows) throws InterruptedException {
        double[] features = scoring.featuresOf(rows);
        return cpu.compute(() -> scoring.score(features));
    }
}
