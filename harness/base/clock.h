/* clock: the one monotonic clock of the harness. Schedules, response times, samples of the host and deaths of processes
 * are all read from it, so that they can be compared with each other. */
#ifndef TWOFOLD_BASE_CLOCK_H
#define TWOFOLD_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#define CLOCK_SECOND_NS      UINT64_C(1000000000)
#define CLOCK_MILLISECOND_NS UINT64_C(1000000)

/* CLOCK_MONOTONIC, in nanoseconds. */
uint64_t clock_now_ns(void);

/* How far the wall clock (CLOCK_REALTIME) is ahead of CLOCK_MONOTONIC, to within what a reading of a clock takes. It
 * changes only when somebody sets the wall clock. */
int64_t clock_wall_ahead_ns(void);

/* The CPU time, user and system, that the calling thread has used. */
uint64_t clock_thread_cpu_ns(void);

/* A descriptor for the next function; -1 if the kernel does not report it (/proc/thread-self/schedstat). The caller
 * closes it. */
int clock_schedstat_open(void);

/* How long the thread that opened `fd` has been ready to run without getting a core, since it started; 0 for -1. */
uint64_t clock_schedstat_wait_ns(int fd);

/* Sleeps for `ns`, or for less if a signal arrives. */
void clock_sleep_ns(uint64_t ns);

/* Writes the current date and time in UTC as "2026-01-31T12:00:00Z" to `text`, a buffer of `size` bytes. For names and
 * records, never for measuring. */
void clock_wall(char *text, size_t size);

#endif
