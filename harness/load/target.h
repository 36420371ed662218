/* target: the URL that load is sent to, with its address resolved. */
#ifndef TWOFOLD_LOAD_TARGET_H
#define TWOFOLD_LOAD_TARGET_H

#include "base/error.h"
#include "load/transport/protocol.h"

#include <stdbool.h>
#include <stdint.h>

struct target {
    char address[64]; /* numeric IPv4 or IPv6 */
    uint16_t port;
    bool tls;
    bool remote;         /* the address is not one of this machine */
    char *name;          /* the host in the URL; IPv6 without brackets */
    char *path;          /* with its query, characters that a request line cannot hold encoded; at least "/" */
    char *authorization; /* of the user in the URL, as the header says it: "Basic dTpw"; NULL: none */
};

/* Reads "http://host:port/path?query" or "https://…" and resolves the host; of several addresses it takes the first
 * that accepts a connection. ERROR_INPUT for anything else, and for an address that is not one of this machine unless
 * `allow_remote`. Release with target_release. */
int target_read(struct target *target, const char *url, bool allow_remote, struct error *err);

/* The same without its address, for which nothing is asked and to which nothing is sent. */
int target_parse(struct target *target, const char *url, struct error *err);

/* Tries to connect to a numeric address, for a second at most. Returns 0, or why there is no connection, as an errno.
 */
int target_try(const char *address, uint16_t port);

/* The bare round trip of the network to a numeric address where somebody listens: the shortest time of up to 20 in
 * which a connection is opened, which takes a packet there and one back, answered by the kernel there. Each is closed
 * at once. 0 where there is no connection. */
uint64_t target_round_trip_ns(const char *address, uint16_t port);

/* What the URL says of the protocol: TLS or not. Where no file of certificates is named, that of SSL_CERT_FILE is, as
 * with OpenSSL, curl and Go. ERROR_INPUT for options of TLS without it. */
int target_complete_protocol(const struct target *target, struct protocol *protocol, struct error *err);

/* The URL with neither user nor password in it, and its path as it is sent: "http://127.0.0.1:8080/items/1". The caller
 * frees it. */
char *target_url(const struct target *target);

/* ERROR_INPUT where the URL has a path or a query, which beside a scenario would not be sent. */
int target_check_bare(const struct target *target, struct error *err);

void target_release(struct target *target);

#endif
