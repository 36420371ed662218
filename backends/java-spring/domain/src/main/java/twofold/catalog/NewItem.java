package twofold.catalog;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.hibernate.validator.constraints.CodePointLength;
import org.hibernate.validator.constraints.Range;

/** An item as a client sends it. Not a record, of which Jackson cannot tell a null from a member that is not there. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
public final class NewItem {
    @NotNull
    @CodePointLength(min = 1, max = 200)
    private String name;

    @NotNull
    @Range(min = 0, max = 100_000_000)
    private Integer priceCents;

    @Range(min = 0, max = 1_000_000)
    private int stock;

    @NotNull
    @Size(max = 8)
    private List<@NotNull @CodePointLength(min = 1, max = 32) String> tags = List.of();

    NewItem() {
        // For Jackson, which sets the fields.
    }

    NewItem(String name, int priceCents, int stock, List<String> tags) {
        this.name = name;
        this.priceCents = priceCents;
        this.stock = stock;
        this.tags = tags;
    }

    Item withId(long id) {
        return new Item(id, name, priceCents, stock, tags);
    }
}
