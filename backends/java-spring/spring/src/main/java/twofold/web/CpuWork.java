package twofold.web;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;
import twofold.Settings;

/**
 * Threads for what computes for long, one a core. Virtual threads take turns only where they wait, so that a long
 * computation on one would keep all others from its core; these threads share it with them by the kernel's clock.
 */
@Component
public class CpuWork implements AutoCloseable {
    private final ExecutorService threads;

    CpuWork(Settings settings) {
        threads = Executors.newFixedThreadPool(settings.cores(), work -> {
            Thread thread = new Thread(work, "cpu");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Computes it once a thread is free, in the order of arrival. */
    public <T> T compute(Callable<T> work) throws InterruptedException {
        try {
            return threads.submit(work).get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
