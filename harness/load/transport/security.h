/* security: TLS of a transfer of libcurl: whom it trusts, what it agrees on, and how it ended. */
#ifndef TWOFOLD_LOAD_TRANSPORT_SECURITY_H
#define TWOFOLD_LOAD_TRANSPORT_SECURITY_H

#include "base/error.h"
#include "load/transport/protocol.h"

#include <curl/curl.h>
#include <stdbool.h>

/* ERROR_INPUT where the file cannot be read or holds no certificates. */
int security_check_ca_file(const char *name, struct error *err);

/* Set whose certificates the transfer accepts. The protocol must outlive it. */
void security_set(const struct protocol *protocol, CURL *easy);

/* Whether this libcurl lets TLS agree on HTTP/2 for a connection whose frames it does not make itself: it must be over
 * OpenSSL. */
bool security_can_offer_http2(void);

/* Offer HTTP/2 in the handshake of a transfer that only connects, and HTTP/1.1 beside it, so that a service without
 * HTTP/2 still shakes hands. */
void security_offer_http2(CURL *easy);

/* Whether the service took it, once the transfer is connected. */
bool security_chose_http2(CURL *easy);

/* Whether the connection of a transfer that has nothing more to read was ended by TLS itself (close_notify), and not
 * cut off below it. True as well where that is not known, because libcurl is not over OpenSSL. */
bool security_tls_ended(CURL *easy);

#endif
