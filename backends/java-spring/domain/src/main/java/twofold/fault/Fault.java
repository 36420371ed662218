package twofold.fault;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import twofold.web.Parameters;
import twofold.web.Refusal;

/** Makes the service fail as services with a mistake do. Nothing here is caught that would not be elsewhere. */
public record Fault(String kind) {
    /** How much later a timer fails. */
    public static final int DELAY_MS = 10;

    private static final int LONGS = 1 << 28; // 2 GiB of them
    private static final int LONGS_PER_PAGE = 512;
    private static final String MESSAGE = "asked to fail";
    private static final String TIMER = "timer";

    /** Fails as the query says. What is to fail later is given to a timer, which runs it after DELAY_MS. */
    public static Fault make(Parameters parameters, Consumer<Runnable> timer) throws IOException, InterruptedException {
        String kind = parameters.text("kind").orElse("");
        switch (kind) {
            case "panic" -> panic();
            case TIMER -> timer.accept(Fault::panic);
            case "stack" -> descend(1);
            case "memory" -> allocate();
            case "abort" -> abort();
            default -> throw Refusal.unprocessable("kind must be panic, timer, stack, memory or abort.");
        }
        return new Fault(kind);
    }

    /** The status of the answer, where there is one. */
    public int status() {
        return TIMER.equals(kind) ? HttpURLConnection.HTTP_ACCEPTED : HttpURLConnection.HTTP_OK;
    }

    private static void panic() {
        throw new IllegalStateException(MESSAGE);
    }

    /** Comes back only once the depth has overflowed, which no stack outlasts. */
    private static int descend(int depth) {
        return depth < 0 ? depth : descend(depth + 1) + depth;
    }

    private static void allocate() {
        long[] block = new long[LONGS];
        for (int i = 0; i < block.length; i += LONGS_PER_PAGE) {
            block[i] = 1;
        }
    }

    /** Ends the process as abort(3) does. */
    private static void abort() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-ABRT", Long.toString(ProcessHandle.current().pid())).start();
        new CountDownLatch(1).await();
    }
}
