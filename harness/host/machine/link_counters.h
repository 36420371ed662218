/* link_counters: what the network interfaces of a machine, or of a network namespace, have carried, and how much they
 * can carry. Loopback counts for nothing. Where some interfaces are hardware, only these count: what a bridge, a tunnel
 * or a container's pair carries to another machine passes them as well, and would count twice.
 *
 * The rate is what the hardware says of itself. A virtual interface tells a made-up one, so that of those it is not
 * known; and a limit that is set in the kernel (tc) or by a provider of clouds is no rate of an interface. */
#ifndef TWOFOLD_HOST_MACHINE_LINK_COUNTERS_H
#define TWOFOLD_HOST_MACHINE_LINK_COUNTERS_H

#include "record/sample.h"

#include <stdint.h>

struct link_counters {
    char **hardware;      /* the names of the interfaces that count, NULL-terminated; NULL: all but loopback do */
    uint64_t bytes_per_s; /* of these together, each way; 0: not known of one of them */
};

/* Finds the hardware of this machine, below `root` (host/system_file.h). */
void link_counters_find(struct link_counters *ret_links, const char *root);
void link_counters_release(struct link_counters *links);

/* Fills the figures of the link from the text of /proc/net/dev. */
void link_counters_read(const struct link_counters *links, const char *dev, struct sample *sample);

#endif
