#include "base/clock.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static uint64_t read_ns(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return (uint64_t)now.tv_sec * CLOCK_SECOND_NS + (uint64_t)now.tv_nsec;
}

uint64_t clock_now_ns(void)
{
    return read_ns(CLOCK_MONOTONIC);
}

/* Between two readings of the one clock the other is read; of some tries the tightest counts. */
int64_t clock_wall_ahead_ns(void)
{
    enum { TRIES = 5 };
    uint64_t tightest_ns = UINT64_MAX;
    int64_t ahead_ns = 0;

    for (int i = 0; i < TRIES; i++) {
        uint64_t before_ns = read_ns(CLOCK_MONOTONIC);
        uint64_t wall_ns = read_ns(CLOCK_REALTIME);
        uint64_t took_ns = read_ns(CLOCK_MONOTONIC) - before_ns;
        if (took_ns < tightest_ns) {
            tightest_ns = took_ns;
            ahead_ns = (int64_t)(wall_ns - before_ns - took_ns / 2);
        }
    }
    return ahead_ns;
}

uint64_t clock_thread_cpu_ns(void)
{
    return read_ns(CLOCK_THREAD_CPUTIME_ID);
}

/* schedstat has the time on a core, the time waiting for one, and a count (Documentation/scheduler/sched-stats.rst). */
int clock_schedstat_open(void)
{
    return open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC);
}

uint64_t clock_schedstat_wait_ns(int fd)
{
    char text[128];
    uint64_t ran_ns, waited_ns;
    ssize_t length = fd >= 0 ? pread(fd, text, sizeof text - 1, 0) : -1;

    if (length <= 0) {
        return 0;
    }
    text[length] = '\0';
    return sscanf(text, "%" SCNu64 " %" SCNu64, &ran_ns, &waited_ns) == 2 ? waited_ns : 0;
}

void clock_sleep_ns(uint64_t ns)
{
    struct timespec time = {.tv_sec = (time_t)(ns / CLOCK_SECOND_NS), .tv_nsec = (long)(ns % CLOCK_SECOND_NS)};
    nanosleep(&time, NULL);
}

void clock_wall(char *text, size_t size)
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(text, size, "%Y-%m-%dT%H:%M:%SZ", &utc);
}
