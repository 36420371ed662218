package twofold.vertx;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;
import twofold.web.Connections;

/**
 * Closes a connection on which a request has been coming for too long, from its first byte on. Vert.x has a timeout for
 * connections on which nothing at all comes, and none for requests. This is the first of the connection's handlers, where
 * bytes are seen before they are a request; all of it runs on the connection's event loop.
 */
final class Patience extends ChannelInboundHandlerAdapter {
    private static final long NONE = 0;

    private long began = NONE;
    private ScheduledFuture<?> nextLook;

    private Patience() {
    }

    /** Watches a new connection: as its first handler, and by another that sees requests, in front of Vert.x's own. */
    static void watch(HttpConnection connection) {
        ChannelHandlerContext vertx = ((ConnectionBase) connection).channelHandlerContext();
        Patience patience = new Patience();
        vertx.pipeline().addFirst(patience);
        vertx.pipeline().addBefore(vertx.name(), null, patience.new Whole());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (began == NONE) {
            began = System.nanoTime() | 1;
            if (nextLook == null) {
                lookIn(context, Connections.REQUEST.toNanos());
            }
        }
        context.fireChannelRead(bytes);
    }

    /** One look is under way at most, whichever number of requests comes meanwhile. */
    private void lookIn(ChannelHandlerContext context, long delay) {
        nextLook = context.executor().schedule(() -> look(context), delay, TimeUnit.NANOSECONDS);
    }

    private void look(ChannelHandlerContext context) {
        nextLook = null;
        if (began != NONE) {
            long left = Connections.REQUEST.toNanos() - (System.nanoTime() - began);
            if (left > 0) {
                lookIn(context, left);
            } else {
                context.close();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (nextLook != null) {
            nextLook.cancel(false);
            nextLook = null;
        }
        context.fireChannelInactive();
    }

    /** Sees the end of each request. */
    private final class Whole extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object part) {
            if (part instanceof LastHttpContent) {
                began = NONE;
            }
            context.fireChannelRead(part);
        }
    }
}
