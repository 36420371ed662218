/* protocol: what is spoken to the service. */
#ifndef TWOFOLD_LOAD_TRANSPORT_PROTOCOL_H
#define TWOFOLD_LOAD_TRANSPORT_PROTOCOL_H

#include <stdbool.h>

/* All zero: plain HTTP/1.1. */
struct protocol {
    bool http2;          /* over TLS agreed on in the handshake, without TLS known beforehand; never less */
    bool tls;            /* the rest is about TLS only */
    const char *ca_file; /* PEM: who may have signed the certificate; NULL: whom the system trusts; borrowed */
    bool insecure;       /* any certificate will do */
};

/* "plain HTTP/1.1", "libcurl HTTP/1.1 over TLS", "libcurl HTTP/2 over TLS", "libcurl HTTP/2 without TLS". */
const char *protocol_name(const struct protocol *protocol);

#endif
