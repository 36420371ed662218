#include "load/heartbeat.h"

#include "base/clock.h"

#define EVERY_NS (20 * CLOCK_MILLISECOND_NS)

/* A turn of the loop that handles thousands of responses takes some milliseconds, and a busy kernel takes a few. */
#define LATE_NS (10 * CLOCK_MILLISECOND_NS)

static void take_readings(struct heartbeat *heartbeat, uint64_t now_ns)
{
    heartbeat->due_ns = now_ns + EVERY_NS;
    heartbeat->cpu_ns = clock_thread_cpu_ns();
    heartbeat->waited_ns = clock_schedstat_wait_ns(heartbeat->schedstat);
}

void heartbeat_begin(struct heartbeat *heartbeat, uint64_t now_ns, int schedstat)
{
    *heartbeat = (struct heartbeat){.schedstat = schedstat};
    take_readings(heartbeat, now_ns);
}

void heartbeat_look(struct heartbeat *heartbeat, uint64_t now_ns)
{
    if (now_ns < heartbeat->due_ns) {
        return;
    }
    struct heartbeat before = *heartbeat;
    take_readings(heartbeat, now_ns);
    uint64_t late_ns = now_ns - before.due_ns;
    uint64_t excused_ns = heartbeat->cpu_ns - before.cpu_ns + heartbeat->waited_ns - before.waited_ns;
    if (late_ns >= LATE_NS && late_ns > excused_ns) {
        heartbeat->stood_ns += late_ns - excused_ns;
    }
}
