package twofold;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.DEFINED_PORT, properties = {"HOST=127.0.0.1", "PORT=0"})
class SpringServiceTest extends ServiceTest {

    @Value("${local.server.port}")
    private int port;

    @DynamicPropertySource
    static void given(DynamicPropertyRegistry registry) {
        variables().forEach((name, value) -> registry.add(name, () -> value));
    }

    @Override
    protected int port() {
        return port;
    }
}
