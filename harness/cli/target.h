/* target: the URL that load is sent to, with its address resolved. */
#ifndef TWOFOLD_CLI_TARGET_H
#define TWOFOLD_CLI_TARGET_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct target {
    char address[64]; /* numeric IPv4 or IPv6 */
    uint16_t port;
    bool tls;
    char *name; /* the host in the URL; IPv6 without brackets */
    char *path; /* with its query; at least "/" */
};

/* Reads "http://host:port/path?query" or "https://…" and resolves the host; of several addresses it takes the first
 * that accepts a connection. ERROR_INPUT for anything else, and for an
 * address that is not loopback unless `allow_remote`. Release with target_release. */
int target_read(struct target *target, const char *url, bool allow_remote, struct error *err);
void target_release(struct target *target);

#endif
