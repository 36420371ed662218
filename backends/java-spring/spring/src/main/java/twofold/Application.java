package twofold;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The catalog contract on Spring Boot. */
@SpringBootApplication
public class Application {

    public static void main(String[] arguments) {
        // A JVM that a signal ends says so by its status, 143; after a stop that went well the contract wants 0.
        SpringApplication.getShutdownHandlers().add(() -> Runtime.getRuntime().halt(0));
        SpringApplication.run(Application.class, arguments);
    }
}
