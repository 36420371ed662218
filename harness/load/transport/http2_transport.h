/* http2_transport: HTTP/2 over libcurl, with TLS or without. A connection here carries one request at a time; libcurl
 * keeps the real connections and lets as many requests share one as the service allows. So a connection is free at
 * once. The real one is made for the first request that needs it; where that fails, the request fails as
 * FAILURE_CONNECT.
 *
 * libcurl would repeat a request whose kept connection turns out to be closed. Here it may not: the request fails as
 * FAILURE_RESET. A response that is not HTTP/2 fails as FAILURE_PROTOCOL.
 *
 * No request is sent twice. A stream that the service refuses, or that its GOAWAY leaves out, is a failure by reset. A
 * client may send such a stream anew (RFC 9113, section 8.7), but libcurl does not tell its end from that of a
 * connection that died, behind which the service may have done the work. */
#ifndef TWOFOLD_LOAD_TRANSPORT_HTTP2_TRANSPORT_H
#define TWOFOLD_LOAD_TRANSPORT_HTTP2_TRANSPORT_H

#include "load/transport/transport.h"

/* ERROR_FAILED when libcurl cannot do HTTP/2 (or TLS, where it is wanted). */
int http2_transport_new(struct transport **ret_transport, const struct transport_options *options, struct error *err);

#endif
