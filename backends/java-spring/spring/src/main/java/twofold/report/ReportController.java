package twofold.report;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import twofold.web.CpuWork;
import twofold.web.Parameters;

@RestController
class ReportController {
    private final Reports reports;
    private final CpuWork cpu;

    ReportController(Reports reports, CpuWork cpu) {
        this.reports = reports;
        this.cpu = cpu;
    }

    @GetMapping("/report")
    Report report(Parameters parameters) throws InterruptedException {
        int rows = reports.rowsOf(parameters);
        return cpu.compute(() -> reports.report(rows));
    }
}
