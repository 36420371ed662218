package twofold.catalog;

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

@RestController
@RequestMapping("/items")
class ItemsController {
    private final Items items;

    ItemsController(Items items) {
        this.items = items;
    }

    @GetMapping
    Page list(Parameters parameters) {
        return items.list(parameters);
    }

    @PostMapping
    ResponseEntity<Item> create(@JsonBody NewItem item) {
        Item created = items.create(item);
        return ResponseEntity.created(URI.create("/items/" + created.id())).body(created);
    }

    @GetMapping("/{id}")
    Item get(@PathId long id) {
        return items.get(id);
    }

    @PutMapping("/{id}")
    Item replace(@PathId long id, @JsonBody NewItem item) {
        return items.replace(id, item);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathId long id) {
        items.delete(id);
    }
}
