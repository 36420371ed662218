package twofold.catalog;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import twofold.web.JsonBody;
import twofold.web.Parameters;
import twofold.web.PathId;
import twofold.web.Refusal;

@RestController
@RequestMapping("/items")
class ItemsController {
    private final Store store;

    ItemsController(Store store) {
        this.store = store;
    }

    @GetMapping
    Page list(HttpServletRequest request) {
        int limit = (int) Parameters.query(request, "limit", 1, 1000, 20);
        return store.page(Parameters.query(request, "after", 0, Parameters.MAX_SAFE_INTEGER, 0), limit);
    }

    @PostMapping
    ResponseEntity<Item> create(@JsonBody NewItem item) {
        Item created = store.create(item);
        return ResponseEntity.created(URI.create("/items/" + created.id())).body(created);
    }

    @GetMapping("/{id}")
    Item get(@PathId long id) {
        return store.get(id).orElseThrow(() -> noItem(id));
    }

    @PutMapping("/{id}")
    Item replace(@PathId long id, @JsonBody NewItem item) {
        return store.replace(id, item).orElseThrow(() -> noItem(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathId long id) {
        if (!store.delete(id)) {
            throw noItem(id);
        }
    }

    static Refusal noItem(long id) {
        return Refusal.notFound("There is no item " + id + ".");
    }
}
