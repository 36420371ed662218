package twofold.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/** A model of an ONNX file. It computes on the thread that asks, and on no other. */
final class Model implements AutoCloseable {
    static final int FEATURES = 16;

    private static final String INPUT = "features";
    private static final String OUTPUT = "probabilities";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    Model(String file) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(file, options);
        }
    }

    /** A score for each row; the features are rows, one after another. */
    float[] score(double[] features) throws OrtException {
        float[] narrow = new float[features.length];
        for (int i = 0; i < features.length; i++) {
            narrow[i] = (float) features[i];
        }
        int rows = features.length / FEATURES;
        try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(narrow), new long[] {rows, FEATURES});
                OrtSession.Result result = session.run(Map.of(INPUT, input), Set.of(OUTPUT))) {
            FloatBuffer classes = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] scores = new float[rows];
            for (int row = 0; row < rows; row++) {
                scores[row] = classes.get(2 * row + 1);
            }
            return scores;
        }
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
