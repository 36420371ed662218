/* protocol: what is spoken to the service. */
#ifndef TWOFOLD_LOAD_TRANSPORT_PROTOCOL_H
#define TWOFOLD_LOAD_TRANSPORT_PROTOCOL_H

#include <stdbool.h>

/* All zero: plain HTTP/1.1. */
struct protocol {
    bool http2;          /* never less: agreed on in the TLS handshake, known beforehand without TLS */
    bool tls;            /* the members below matter only with it */
    const char *ca_file; /* borrowed. PEM: the certificates to trust; NULL: those that the system trusts */
    bool insecure;       /* accept any certificate */
};

/* "plain HTTP/1.1", "HTTP/1.1 over TLS", "HTTP/2 over TLS", "HTTP/2 without TLS". */
const char *protocol_name(const struct protocol *protocol);

#endif
