package twofold.members;

import com.nimbusds.jose.JOSEException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import org.hibernate.validator.constraints.CodePointLength;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import twofold.Settings;
import twofold.catalog.Item;
import twofold.catalog.Store;
import twofold.web.CpuWork;
import twofold.web.JsonBody;
import twofold.web.Parameters;
import twofold.web.Refusal;

@RestController
class MembersController {
    private static final String SCHEME = "Bearer ";

    private final Accounts accounts;
    private final Store store;
    private final CpuWork cpu;

    MembersController(Settings settings, JsonMapper mapper, Store store, CpuWork cpu) throws JOSEException {
        boolean given = !settings.accountsFile().isEmpty() && !settings.tokenKey().isEmpty();
        accounts = given ? new Accounts(Path.of(settings.accountsFile()), settings.tokenKey(), mapper) : null;
        this.store = store;
        this.cpu = cpu;
    }

    /** As many hashes at once as there are cores: each takes 19 MiB. */
    @PostMapping("/login")
    Token logIn(@JsonBody Login login) throws InterruptedException {
        requireAccounts();
        return new Token(cpu.compute(() -> accounts.logIn(login.name(), login.password())));
    }

    /** Checks the token before it says anything of the item. */
    @GetMapping("/members/items/{id}")
    Item get(HttpServletRequest request, @PathVariable String id) {
        requireAccounts();
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization == null || !authorization.startsWith(SCHEME)
                || !accounts.isGood(authorization.substring(SCHEME.length()))) {
            throw new Unauthorized("A good token is needed: Authorization: Bearer ...");
        }
        return store.get(Parameters.id(id)).orElseThrow(() -> Refusal.notFound("There is no item " + id + "."));
    }

    private void requireAccounts() {
        if (accounts == null) {
            throw Refusal.unavailable("This service was given no accounts.");
        }
    }

    record Login(
            @NotNull @CodePointLength(min = 1, max = 100) String name,
            @NotNull @CodePointLength(min = 1, max = 200) String password) {
    }

    record Token(String token) {
    }
}
