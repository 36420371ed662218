package twofold.report;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import twofold.Settings;
import twofold.web.CpuWork;
import twofold.web.Parameters;
import twofold.web.Refusal;

@RestController
class ReportController {
    private final Table table;
    private final CpuWork cpu;

    ReportController(Settings settings, CpuWork cpu) {
        table = settings.tableRows() == 0 ? null : new Table(settings.tableRows());
        this.cpu = cpu;
    }

    @GetMapping("/report")
    Report report(HttpServletRequest request) throws InterruptedException {
        long most = table == null ? Parameters.MAX_SAFE_INTEGER : table.rows();
        int rows = (int) Parameters.required(request, "rows", Table.LEAST_ROWS, most);
        if (table == null) {
            throw Refusal.unavailable("This service was given no table.");
        }
        return cpu.compute(() -> table.report(rows));
    }
}
