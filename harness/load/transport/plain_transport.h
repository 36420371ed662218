/* plain_transport: HTTP/1 without TLS over libuv, where each connection is a socket of its own: the generator's hot
 * path. It needs one read and one write per request, and allocates nothing in the steady state. */
#ifndef TWOFOLD_LOAD_TRANSPORT_PLAIN_TRANSPORT_H
#define TWOFOLD_LOAD_TRANSPORT_PLAIN_TRANSPORT_H

#include "load/transport/transport.h"

struct transport *plain_transport_new(const struct transport_options *options);

#endif
