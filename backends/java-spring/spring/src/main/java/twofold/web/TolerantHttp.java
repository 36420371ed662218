package twofold.web;

import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP/1.1 in which a path with U+0000 reaches the handlers. Jetty itself ends the connection; the contract wants the id
 * refused as any other that is wrong, and another control character is as wrong.
 */
final class TolerantHttp extends HttpConnectionFactory {
    private static final String NUL = "%00";
    private static final String AS_WRONG = "%01";

    TolerantHttp(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public Connection newConnection(Connector connector, EndPoint endPoint) {
        HttpConnection connection = new HttpConnection(getHttpConfiguration(), connector, endPoint) {
            @Override
            protected HttpStreamOverHTTP1 newHttpStream(String method, String url, HttpVersion version) {
                return super.newHttpStream(method, url.contains(NUL) ? withoutNul(url) : url, version);
            }
        };
        return configure(connection, connector, endPoint);
    }

    private static String withoutNul(String url) {
        int query = url.indexOf('?');
        String path = query < 0 ? url : url.substring(0, query);
        return path.replace(NUL, AS_WRONG) + url.substring(path.length());
    }
}
