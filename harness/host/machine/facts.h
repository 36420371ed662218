/* facts: what this machine is and how it is configured, as far as it matters for a measurement. What the system does
 * not say is "unknown" or 0, never an error. What is wrong with it is said by advice. */
#ifndef TWOFOLD_HOST_MACHINE_FACTS_H
#define TWOFOLD_HOST_MACHINE_FACTS_H

#include "record/machine.h"

#include <stdint.h>

struct facts {
    struct machine machine;              /* what goes into the run log */
    uint64_t file_descriptor_hard_limit; /* up to which the soft limit can be raised; 0: unknown */
    uint64_t port_first, port_last;      /* the range for outgoing connections; 0 and 0: unknown */
    uint64_t ports_waiting;              /* still held by closed connections (TIME_WAIT) */
    char *clocksources;                  /* the available ones, blanks between them; NULL: unknown */
    char *turbo_off;                     /* the command that turns the boost clock off; NULL: unknown */
};

/* Reads all of them. `root` is put before the paths of /proc, /sys and /etc: "" outside tests. With another root no
 * command is run, and limits and cores are still those of this process. Release with facts_release. */
void facts_read(struct facts *facts, const char *root);
void facts_release(struct facts *facts);

#endif
