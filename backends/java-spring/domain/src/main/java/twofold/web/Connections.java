package twofold.web;

import java.time.Duration;

/** The contract's rules for connections. */
public final class Connections {
    /** The queue in front of the service. */
    public static final int ACCEPT_QUEUE = 4096;

    /** How long a connection is kept on which nothing comes and goes. */
    public static final Duration IDLE = Duration.ofSeconds(75);

    /** How long a request may take to come whole, from its first byte on. */
    public static final Duration REQUEST = Duration.ofSeconds(10);

    private Connections() {
    }
}
