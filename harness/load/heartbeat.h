/* heartbeat: tells whether a generator thread stood still: it was stopped (Ctrl-Z, a debugger, a machine that was put
 * to sleep), while responses came that it then reads late. In open load a request that leaves late shows that. In
 * closed load nothing is scheduled, and of streams nothing is sent, so that the thread means to look at its clock again
 * and again and sees how late it is.
 *
 * Time in which it worked, or waited for a core, is not counted: those are shares of their own. */
#ifndef TWOFOLD_LOAD_HEARTBEAT_H
#define TWOFOLD_LOAD_HEARTBEAT_H

#include <stdint.h>

struct heartbeat {
    uint64_t due_ns;            /* when to look next, of clock_now_ns() */
    uint64_t cpu_ns, waited_ns; /* the thread's when it looked last */
    uint64_t stood_ns;          /* in all */
    int schedstat;              /* as in clock.h */
};

/* It beats from now on. `schedstat` is of the calling thread. */
void heartbeat_begin(struct heartbeat *heartbeat, uint64_t now_ns, int schedstat);

/* Costs one comparison where it is not due. */
void heartbeat_look(struct heartbeat *heartbeat, uint64_t now_ns);

#endif
