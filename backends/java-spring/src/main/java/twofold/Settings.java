package twofold;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.hibernate.validator.constraints.Range;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What the service was started with, by way of application.properties.
 *
 * @param cores how many cores it may fill
 * @param items how many items its catalog starts with
 * @param tableRows how many rows the table of the report has; 0: it has none
 */
@Validated
@ConfigurationProperties("twofold")
public record Settings(
        @Min(1) int cores,
        @Range(min = 0, max = 10_000_000) int items,
        @Min(0) @Max(1 << 20) int tableRows,
        String upstreamUrl,
        String databaseUrl,
        String modelFile,
        String accountsFile,
        String tokenKey) {
}
