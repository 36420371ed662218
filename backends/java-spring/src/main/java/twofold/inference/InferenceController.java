package twofold.inference;

import ai.onnxruntime.OrtException;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import twofold.Settings;
import twofold.web.CpuWork;
import twofold.web.EachWithin;
import twofold.web.JsonBody;
import twofold.web.Refusal;

@RestController
class InferenceController {
    private static final int MOST_ROWS = 8192;
    private static final int MOST_BYTES = 8 << 20;

    private final Model model;
    private final CpuWork cpu;

    InferenceController(Settings settings, CpuWork cpu) throws OrtException {
        model = settings.modelFile().isEmpty() ? null : new Model(settings.modelFile());
        this.cpu = cpu;
    }

    @PostMapping("/inference")
    Scores score(@JsonBody(most = MOST_BYTES) Rows rows) throws InterruptedException {
        double[] features = rows.features();
        if (features.length % Model.FEATURES != 0) {
            throw Refusal.unprocessable("A row has " + Model.FEATURES + " numbers.");
        }
        if (model == null) {
            throw Refusal.unavailable("This service was given no model.");
        }
        return new Scores(cpu.compute(() -> model.score(features)));
    }

    record Rows(
            @NotNull @Size(min = Model.FEATURES, max = Model.FEATURES * MOST_ROWS) @EachWithin(1e6) double[] features) {
    }

    record Scores(float[] scores) {
    }
}
