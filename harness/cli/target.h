/* target: the URL that load is sent to, as an address in numbers. */
#ifndef TWOFOLD_CLI_TARGET_H
#define TWOFOLD_CLI_TARGET_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct target {
    char address[64]; /* IPv4 or IPv6 in numbers */
    uint16_t port;
    bool tls;
    char *name; /* the host as the URL has it, IPv6 without brackets */
    char *path; /* with its query; "/" at least */
};

/* Read "http://host:port/path?query" or "https://…" (libcurl takes it apart; the system resolves the name). ERROR_INPUT
 * for anything else, and for an address that is not loopback unless `allow_remote`. */
int target_read(struct target *target, const char *url, bool allow_remote, struct error *err);
void target_release(struct target *target);

#endif
