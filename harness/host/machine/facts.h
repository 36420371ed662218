/* facts: what this machine is and how it is set, as far as it bears on a measurement. What the system does not say is
 * "unknown" or 0, never an error. What is bad about it, advice says. */
#ifndef TWOFOLD_HOST_MACHINE_FACTS_H
#define TWOFOLD_HOST_MACHINE_FACTS_H

#include "record/machine.h"

#include <stdint.h>

struct facts {
    struct machine machine;              /* what goes into the run log */
    uint64_t file_descriptor_hard_limit; /* up to where the soft one can be raised; 0: not known */
    uint64_t port_first, port_last;      /* that outgoing connections get; 0 and 0: not known */
    uint64_t ports_waiting;              /* held by connections that are over (TIME_WAIT) */
    char *clocksources;                  /* that could be chosen, blanks between; NULL: not known */
    char *turbo_off;                     /* the command that turns the boost clock off; NULL: not known */
};

/* Read all of it. `root` is put before the paths of /proc, /sys and /etc: "" outside tests. With another, nothing is
 * executed, and limits and cores are still this process's own. */
void facts_read(struct facts *facts, const char *root);
void facts_release(struct facts *facts);

#endif
