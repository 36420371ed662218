/* resource_climb: what the tests of resources share: ladders of a service whose use of each resource is known. */
#ifndef TWOFOLD_TESTS_SUPPORT_RESOURCE_CLIMB_H
#define TWOFOLD_TESTS_SUPPORT_RESOURCE_CLIMB_H

#include "analysis/finding.h"
#include "log_builder.h"

/* A run on these cores ("2"), by go. */
void resource_climb_log(struct run_log *log, const char *cores);

/* A step of a service that uses so many us of CPU a request, by one thread, of one core. */
struct step_builder resource_climb_step(unsigned index, uint64_t level, double cpu_us);

/* Steps from 500/s on. A load above what the core can do breaks latency. */
void resource_climb(struct run_log *log, unsigned trial, unsigned steps, double cpu_us);

/* Steps from 40/s on: 60 MiB, and 1 MiB for each request a second, up to 512 MiB: 452/s. And 20 file descriptors, and
 * one for each, up to 1,020: 1,000/s. */
void resource_climb_memory(struct run_log *log, unsigned steps);

/* What was found of a resource of the first service; NULL: it is left out. */
const struct resource_finding *resource_climb_found(const struct findings *findings, enum resource resource);

void resource_climb_release(struct findings *findings, struct run_log *log);

#endif
