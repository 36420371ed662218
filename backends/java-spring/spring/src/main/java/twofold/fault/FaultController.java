package twofold.fault;

import java.io.IOException;
import java.util.Timer;
import java.util.TimerTask;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import twofold.web.Parameters;

@RestController
@ConditionalOnProperty(name = "FAULTS", havingValue = "1")
class FaultController {

    @PostMapping("/fault")
    ResponseEntity<Fault> fail(Parameters parameters) throws IOException, InterruptedException {
        Fault fault = Fault.make(parameters, FaultController::later);
        return ResponseEntity.status(fault.status()).body(fault);
    }

    private static void later(Runnable failing) {
        new Timer(true).schedule(new TimerTask() {
            @Override
            public void run() {
                failing.run();
            }
        }, Fault.DELAY_MS);
    }
}
