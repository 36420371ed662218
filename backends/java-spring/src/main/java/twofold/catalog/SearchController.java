package twofold.catalog;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import twofold.web.CpuWork;
import twofold.web.Parameters;
import twofold.web.Refusal;

@RestController
class SearchController {
    private static final int MOST = 64;

    private final Store store;
    private final CpuWork cpu;

    SearchController(Store store, CpuWork cpu) {
        this.store = store;
        this.cpu = cpu;
    }

    /** By the contract in the language itself. */
    @GetMapping("/items/search")
    Matches search(HttpServletRequest request) throws InterruptedException {
        EditDistance distance = new EditDistance(textOf(request));
        return cpu.compute(() -> new Matches(Nearest.of(store.all(), distance::to)));
    }

    @GetMapping("/items/search-native")
    Matches searchNative(HttpServletRequest request) throws InterruptedException {
        NativeDistance distance = new NativeDistance(textOf(request));
        return cpu.compute(() -> new Matches(Nearest.of(store.all(), distance::to)));
    }

    private static String textOf(HttpServletRequest request) {
        String text = Parameters.query(request, "q").orElse("");
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > MOST) {
            throw Refusal.unprocessable("q must be 1 to " + MOST + " characters.");
        }
        return text;
    }

    record Matches(List<Match> items) {
    }
}
