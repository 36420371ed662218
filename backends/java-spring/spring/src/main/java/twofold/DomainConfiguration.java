package twofold;

import ai.onnxruntime.OrtException;
import com.nimbusds.jose.JOSEException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;
import twofold.catalog.Items;
import twofold.catalog.Search;
import twofold.catalog.Store;
import twofold.inference.Scoring;
import twofold.members.Members;
import twofold.report.Reports;

/** The domain, which knows nothing of Spring, as beans. */
@Configuration(proxyBeanMethods = false)
class DomainConfiguration {

    @Bean
    Settings settings(Environment environment) {
        return Settings.of(environment::getProperty);
    }

    @Bean
    Store store(Settings settings) {
        return new Store(settings.items());
    }

    @Bean
    Items items(Store store) {
        return new Items(store);
    }

    @Bean
    Search search(Store store) {
        return new Search(store);
    }

    @Bean
    Members members(Settings settings, JsonMapper mapper, Items items) throws JOSEException {
        return new Members(settings, mapper, items);
    }

    @Bean
    Scoring scoring(Settings settings) throws OrtException {
        return new Scoring(settings.modelFile());
    }

    @Bean
    Reports reports(Settings settings) {
        return new Reports(settings.tableRows());
    }
}
