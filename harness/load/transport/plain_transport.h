/* plain_transport: HTTP/1 without TLS over libuv, where each connection is a socket of its own: the generator's hot
 * path. It needs one read and one write per request, and allocates nothing in the steady state. */
#ifndef TWOFOLD_LOAD_TRANSPORT_PLAIN_TRANSPORT_H
#define TWOFOLD_LOAD_TRANSPORT_PLAIN_TRANSPORT_H

#include "load/transport/transport.h"

struct transport *plain_transport_new(const struct transport_options *options);

/* Set up a socket that will be connected to `address`, as all of the generator's are: nothing delays what is sent, and
 * on loopback it comes from one of several addresses, by how many were `opened` before it. */
void plain_transport_prepare(uv_tcp_t *tcp, const struct sockaddr_storage *address, uint64_t opened);

#endif
