package twofold.catalog;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import twofold.catalog.Search.Matches;
import twofold.web.CpuWork;
import twofold.web.Parameters;

@RestController
class SearchController {
    private final Search search;
    private final CpuWork cpu;

    SearchController(Search search, CpuWork cpu) {
        this.search = search;
        this.cpu = cpu;
    }

    @GetMapping("/items/search")
    Matches search(Parameters parameters) throws InterruptedException {
        String text = Search.textOf(parameters);
        return cpu.compute(() -> search.nearest(text));
    }

    @GetMapping("/items/search-native")
    Matches searchNative(Parameters parameters) throws InterruptedException {
        String text = Search.textOf(parameters);
        return cpu.compute(() -> search.nearestNative(text));
    }
}
