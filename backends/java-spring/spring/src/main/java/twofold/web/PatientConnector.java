package twofold.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;

/** Jetty's connector, which once a second closes the connections on which a request has been coming for too long. */
class PatientConnector extends ServerConnector {
    private static final long LOOK_EVERY_S = 1;

    PatientConnector(Server server, HttpConnectionFactory http) {
        super(server, http);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        lookAgain();
    }

    private void lookAgain() {
        getScheduler().schedule(() -> {
            for (EndPoint connection : getConnectedEndPoints()) {
                if (connection instanceof PatientEndPoint patient && patient.isLate()) {
                    patient.close();
                }
            }
            lookAgain();
        }, LOOK_EVERY_S, TimeUnit.SECONDS);
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key)
            throws IOException {
        SocketChannelEndPoint connection = new PatientEndPoint(channel, selector, key, getScheduler());
        connection.setIdleTimeout(getIdleTimeout());
        return connection;
    }

    /** A connection that knows since when its request has been coming. */
    static final class PatientEndPoint extends SocketChannelEndPoint {
        private static final long NONE = 0;

        private final AtomicLong began = new AtomicLong(NONE);

        PatientEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        public int fill(ByteBuffer into) throws IOException {
            int count = super.fill(into);
            if (count > 0) {
                began.compareAndSet(NONE, System.nanoTime() | 1);
            }
            return count;
        }

        void whole() {
            began.set(NONE);
        }

        boolean isLate() {
            long since = began.get();
            return since != NONE && System.nanoTime() - since > Connections.REQUEST.toNanos();
        }
    }
}
