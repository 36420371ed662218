/* clock: the one monotonic clock of the harness. Schedules, response times, host samples and deaths all read it, so
 * that they can be laid over each other. */
#ifndef TWOFOLD_BASE_CLOCK_H
#define TWOFOLD_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

#define CLOCK_SECOND_NS      UINT64_C(1000000000)
#define CLOCK_MILLISECOND_NS UINT64_C(1000000)

/* CLOCK_MONOTONIC in nanoseconds. */
uint64_t clock_now_ns(void);

/* CPU time (user and system) that the calling thread has used. */
uint64_t clock_thread_cpu_ns(void);

/* For how long the calling thread was ready to run and had no core, since it began; 0 where the system does not say. */
uint64_t clock_thread_wait_ns(void);

/* Sleep for `ns`, or shorter when a signal arrives. */
void clock_sleep_ns(uint64_t ns);

/* The wall clock in UTC as "2026-01-31T12:00:00Z": for names and records, never for measuring. */
void clock_wall(char *text, size_t size);

#endif
