/* http2_transport: HTTP/2, with TLS or without. A connection here carries one request at a time; the real connections
 * (http2_session.h) carry as many requests at a time as the service allows, and one more is made when none has room. So
 * a connection is free at once. The real one is made for the first request that needs it; where that fails, the request
 * fails as FAILURE_CONNECT.
 *
 * A request that the service did not begin to work on is sent once more (RFC 9113, section 8.7): its stream was refused
 * (REFUSED_STREAM), or it is above the last stream that a GOAWAY names. Nothing was done for it, so a service that goes
 * away in order, as at a restart or after so many requests a connection, loses none. It counts as one request that was
 * sent once, and its response time runs from the moment at which it was due. One that is refused a second time, and one
 * whose connection ends otherwise, behind which the service may have done the work, fails as FAILURE_RESET and is never
 * sent again. A response that is not HTTP/2 fails as FAILURE_PROTOCOL. */
#ifndef TWOFOLD_LOAD_TRANSPORT_HTTP2_TRANSPORT_H
#define TWOFOLD_LOAD_TRANSPORT_HTTP2_TRANSPORT_H

#include "load/transport/transport.h"

/* ERROR_FAILED when libcurl cannot do TLS where it is wanted, or lets it not agree on HTTP/2. */
int http2_transport_new(struct transport **ret_transport, const struct transport_options *options, struct error *err);

#endif
