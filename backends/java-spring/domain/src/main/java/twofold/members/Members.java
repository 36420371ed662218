package twofold.members;

import com.nimbusds.jose.JOSEException;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.hibernate.validator.constraints.CodePointLength;
import tools.jackson.databind.json.JsonMapper;
import twofold.Settings;
import twofold.catalog.Item;
import twofold.catalog.Items;
import twofold.web.Parameters;
import twofold.web.Refusal;

/** What those can do who have an account, where the service was given accounts. */
public final class Members {
    private static final String SCHEME = "Bearer ";

    private final Accounts accounts;
    private final Items items;

    public Members(Settings settings, JsonMapper mapper, Items items) throws JOSEException {
        boolean given = !settings.accountsFile().isEmpty() && !settings.tokenKey().isEmpty();
        accounts = given ? new Accounts(Path.of(settings.accountsFile()), settings.tokenKey(), mapper) : null;
        this.items = items;
    }

    /** Computes a hash, which takes 19 MiB and some ten milliseconds. */
    public Token logIn(Login login) throws JOSEException {
        requireAccounts();
        return new Token(accounts.logIn(login.name(), login.password()));
    }

    /** Checks the token of an Authorization, which may be null, before it says anything of the item. */
    public Item item(String authorization, String id) {
        requireAccounts();
        if (authorization == null || !authorization.startsWith(SCHEME)
                || !accounts.isGood(authorization.substring(SCHEME.length()))) {
            throw new Unauthorized("A good token is needed: Authorization: Bearer ...");
        }
        return items.get(Parameters.id(id));
    }

    private void requireAccounts() {
        if (accounts == null) {
            throw Refusal.unavailable("This service was given no accounts.");
        }
    }

    /** A name and what it is proved by. */
    public record Login(
            @NotNull @CodePointLength(min = 1, max = 100) String name,
            @NotNull @CodePointLength(min = 1, max = 200) String password) {
    }

    /** A signed token. */
    public record Token(String token) {
    }
}
