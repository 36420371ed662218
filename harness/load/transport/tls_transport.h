/* tls_transport: HTTP/1 over TLS, where each connection is a socket of its own. libcurl connects, shakes hands,
 * encrypts and decrypts. The bytes of requests and responses are those of the plain transport, and failures are told
 * apart as there. */
#ifndef TWOFOLD_LOAD_TRANSPORT_TLS_TRANSPORT_H
#define TWOFOLD_LOAD_TRANSPORT_TLS_TRANSPORT_H

#include "load/transport/transport.h"

/* ERROR_FAILED when libcurl cannot do TLS. */
int tls_transport_new(struct transport **ret_transport, const struct transport_options *options, struct error *err);

#endif
