/* on_host: what a step looked like from the host: the readings over its measured part put into shares and peaks. */
#ifndef TWOFOLD_ANALYSIS_ON_HOST_H
#define TWOFOLD_ANALYSIS_ON_HOST_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stdint.h>

/* What the host's samples over the measured part say. All is 0 where there were fewer than two samples. */
struct load_on_host {
    bool known;                  /* there were two samples or more */
    double service_cores;        /* cores' worth of CPU that the process tree used: 0.98 of 1 core, 1.7 of 2, … */
    double busiest_thread_share; /* of one core, by the thread that worked most, mean over the samples */
    double service_cores_busy;   /* share of the service's cores that anyone used, kernel work included */
    double run_delay_share;      /* of elapsed time that its threads waited for a core, summed over threads */
    uint64_t rss_first_bytes, rss_peak_bytes;
    uint64_t descriptors_peak;
    uint64_t listen_overflows;
    uint64_t retransmits;
    double steal_share;   /* of one core's time, summed over all cores */
    double foreign_cores; /* cores' worth of work on the service's cores that its processes did not do: other programs,
                             and the kernel's receive path for the generator's packets */
};

void load_on_host(const struct step_record *step, unsigned service_core_count, struct load_on_host *ret_load);

#endif
