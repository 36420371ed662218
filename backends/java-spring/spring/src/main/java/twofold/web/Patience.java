package twofold.web;

import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.EventsHandler;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * The contract's rules for connections: the queue in front of them, and how long a request may take to come whole, from its
 * first byte on. Jetty's own timeout is of a connection on which nothing at all comes, for which it is the right one.
 */
@Component
class Patience implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.addServerCustomizers(server -> {
            for (Connector connector : server.getConnectors()) {
                server.setConnectors(new Connector[] {patient(server, (ServerConnector) connector)});
            }
            server.setHandler(new Whole(server.getHandler()));
        });
    }

    private static ServerConnector patient(Server server, ServerConnector usual) {
        HttpConfiguration configuration = usual.getConnectionFactory(HttpConnectionFactory.class).getHttpConfiguration();
        // A wrong id is the handler's to refuse, also where it has characters that Jetty would refuse.
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        ServerConnector connector = new PatientConnector(server, new TolerantHttp(configuration));
        connector.setHost(usual.getHost());
        connector.setPort(usual.getPort());
        connector.setIdleTimeout(Connections.IDLE.toMillis());
        connector.setShutdownIdleTimeout(usual.getShutdownIdleTimeout());
        connector.setAcceptQueueSize(Connections.ACCEPT_QUEUE);
        return connector;
    }

    /** Tells the connection when its request has come whole. */
    private static final class Whole extends EventsHandler {
        Whole(Handler next) {
            super(next);
        }

        @Override
        protected void onBeforeHandling(Request request) {
            HttpField length = request.getHeaders().getField(HttpHeader.CONTENT_LENGTH);
            if (length == null ? !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING) : length.getLongValue() == 0) {
                whole(request);
            }
        }

        @Override
        protected void onRequestRead(Request request, Content.Chunk chunk) {
            if (chunk != null && chunk.isLast()) {
                whole(request);
            }
        }

        @Override
        protected void onComplete(Request request, int status, HttpFields headers, Throwable failure) {
            whole(request);
        }

        private static void whole(Request request) {
            EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
            if (connection instanceof PatientConnector.PatientEndPoint patient) {
                patient.whole();
            }
        }
    }
}
