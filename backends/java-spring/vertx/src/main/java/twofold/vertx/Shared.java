package twofold.vertx;

import ai.onnxruntime.OrtException;
import com.nimbusds.jose.JOSEException;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;
import tools.jackson.databind.json.JsonMapper;
import twofold.Settings;
import twofold.catalog.Items;
import twofold.catalog.Search;
import twofold.catalog.Store;
import twofold.inference.Scoring;
import twofold.members.Members;
import twofold.report.Reports;
import twofold.web.JsonReader;
import twofold.web.StrictJson;

/**
 * What all event loops share: the domain, the clients and their connections, and threads for what computes for long, one a
 * core.
 *
 * @param orders null where the service was given no database
 * @param upstream null where it was given no upstream
 */
record Shared(
        JsonMapper mapper,
        JsonReader reader,
        Items items,
        Search search,
        Members members,
        Scoring scoring,
        Reports reports,
        OrderStore orders,
        Upstream upstream,
        WorkerExecutor cpu,
        boolean faults) {

    static Shared of(Vertx vertx, Settings settings) throws OrtException, JOSEException {
        JsonMapper.Builder json = JsonMapper.builder();
        StrictJson.configure(json);
        JsonMapper mapper = json.build();
        Store store = new Store(settings.items());
        Items items = new Items(store);
        return new Shared(
                mapper,
                new JsonReader(mapper, validator()),
                items,
                new Search(store),
                new Members(settings, mapper, items),
                new Scoring(settings.modelFile()),
                new Reports(settings.tableRows()),
                settings.databaseUrl().isEmpty() ? null : new OrderStore(vertx, settings.databaseUrl(), settings.cores()),
                settings.upstreamUrl().isEmpty() ? null : new Upstream(vertx, settings.upstreamUrl(), mapper),
                vertx.createSharedWorkerExecutor("cpu", settings.cores()),
                settings.faults());
    }

    /** Its messages have no expressions, so that no language of them has to be there. */
    private static Validator validator() {
        return Validation.byProvider(HibernateValidator.class)
                .configure()
                .messageInterpolator(new ParameterMessageInterpolator())
                .buildValidatorFactory()
                .getValidator();
    }
}
