#include "load/streams/wall_seconds.h"

#include "base/clock.h"

void wall_seconds_begin(struct wall_seconds *seconds, int64_t ahead_ns)
{
    *seconds = (struct wall_seconds){.ahead_ns = ahead_ns};
}

void wall_seconds_look(struct wall_seconds *seconds, int64_t ahead_ns)
{
    int64_t moved_ns = ahead_ns - seconds->ahead_ns;
    uint64_t away_ns = (uint64_t)(moved_ns < 0 ? -moved_ns : moved_ns);

    if (away_ns > seconds->stepped_ns) {
        seconds->stepped_ns = away_ns;
    }
}

uint64_t wall_seconds_due_ns(const struct wall_seconds *seconds, uint64_t second)
{
    int64_t due_ns = (int64_t)(second * CLOCK_SECOND_NS) - seconds->ahead_ns;
    return due_ns > 0 ? (uint64_t)due_ns : 0;
}

uint64_t wall_seconds_next(const struct wall_seconds *seconds, uint64_t now_ns)
{
    int64_t wall_ns = (int64_t)now_ns + seconds->ahead_ns;
    return wall_ns > 0 ? ((uint64_t)wall_ns + CLOCK_SECOND_NS - 1) / CLOCK_SECOND_NS : 0;
}
