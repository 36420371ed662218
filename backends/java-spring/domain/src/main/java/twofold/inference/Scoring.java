package twofold.inference;

import ai.onnxruntime.OrtException;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import twofold.web.EachWithin;
import twofold.web.Refusal;

/** Scores rows by the model, where there is one. */
public final class Scoring {
    /** How many bytes a body of rows may have. */
    public static final int MOST_BYTES = 8 << 20;

    private static final int MOST_ROWS = 8192;

    private final Model model;

    /** By the model of a file; the name is empty where there is none. */
    public Scoring(String file) throws OrtException {
        model = file.isEmpty() ? null : new Model(file);
    }

    /** What is to be scored. */
    public double[] featuresOf(Rows rows) {
        double[] features = rows.features();
        if (features.length % Model.FEATURES != 0) {
            throw Refusal.unprocessable("A row has " + Model.FEATURES + " numbers.");
        }
        if (model == null) {
            throw Refusal.unavailable("This service was given no model.");
        }
        return features;
    }

    /** A score for each row. */
    public Scores score(double[] features) throws OrtException {
        return new Scores(model.score(features));
    }

    /** Rows as a client sends them, one after another. */
    public record Rows(
            @NotNull @Size(min = Model.FEATURES, max = Model.FEATURES * MOST_ROWS) @EachWithin(1e6) double[] features) {
    }

    /** The scores in the order of the rows. */
    public record Scores(float[] scores) {
    }
}
