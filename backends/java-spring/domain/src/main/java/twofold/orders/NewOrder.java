package twofold.orders;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.hibernate.validator.constraints.CodePointLength;
import org.hibernate.validator.constraints.Range;
import org.hibernate.validator.constraints.UniqueElements;
import twofold.web.Parameters;

/** An order as a client sends it. U+0000 is what PostgreSQL's text cannot hold. */
public record NewOrder(
        @NotNull @CodePointLength(min = 1, max = 100) @Pattern(regexp = "[^\\x00]*") String customer,
        @NotNull @Size(min = 1, max = 20) @UniqueElements(message = "must have each item once")
        List<@NotNull @Valid Line> lines) {

    public Long[] itemIds() {
        return lines.stream().map(Line::itemId).toArray(Long[]::new);
    }

    /** What is wanted of one item. Two of the same item are equal, whatever their quantities. */
    public record Line(
            @JsonProperty(required = true) @Range(min = 1, max = Parameters.MAX_SAFE_INTEGER) long itemId,
            @JsonProperty(required = true) @Range(min = 1, max = 100) int quantity) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Line line && line.itemId == itemId;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(itemId);
        }
    }
}
