package twofold.fault;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import twofold.web.Parameters;
import twofold.web.Refusal;

/** Makes the service fail as services with a mistake do. Nothing here is caught that would not be elsewhere. */
@RestController
@ConditionalOnProperty(name = "FAULTS", havingValue = "1")
class FaultController {
    private static final int DELAY_MS = 10;
    private static final int LONGS = 1 << 28; // 2 GiB of them
    private static final int LONGS_PER_PAGE = 512;
    private static final String MESSAGE = "asked to fail";

    @PostMapping("/fault")
    ResponseEntity<Fault> fail(HttpServletRequest request) throws IOException, InterruptedException {
        String kind = Parameters.query(request, "kind").orElse("");
        HttpStatus status = HttpStatus.OK;
        switch (kind) {
            case "panic" -> throw new IllegalStateException(MESSAGE);
            case "timer" -> {
                failLater();
                status = HttpStatus.ACCEPTED;
            }
            case "stack" -> descend(1);
            case "memory" -> allocate();
            case "abort" -> abort();
            default -> throw Refusal.unprocessable("kind must be panic, timer, stack, memory or abort.");
        }
        return ResponseEntity.status(status).body(new Fault(kind));
    }

    private static void failLater() {
        new Timer(true).schedule(new TimerTask() {
            @Override
            public void run() {
                throw new IllegalStateException(MESSAGE);
            }
        }, DELAY_MS);
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

    record Fault(String kind) {
    }
}
