#include "analysis/cause/cpu_queueing.h"

#include <math.h>

/* One thread does nearly all of the work from this share of it on. */
#define ALONE_SHARE 0.8

/* Sampling lets a share come out above 1. */
#define BUSY_MOST 0.99

#define EXPLAINED_LEAST 0.5

static double mean_time(double need_ns, double busy_share, double cores)
{
    double waits = pow(busy_share, sqrt(2 * (cores + 1)) - 1) / (cores * (1 - busy_share));
    return need_ns * (1 + waits);
}

bool cpu_queueing_find(const struct step_record *step, const struct host_usage *host, unsigned cores,
                       struct cpu_queueing *ret_queueing)
{
    const struct load_record *load = &step->load;
    double seen_ns = histogram_mean(&load->response);

    if (!host_usage_has(host, SAMPLE_CPU) || !host_usage_has(host, SAMPLE_THREADS) || load->tally.completed == 0 ||
        !(seen_ns > 0)) {
        return false;
    }
    bool one_thread = host->busiest_thread_share >= ALONE_SHARE * host->service_cores;
    double need_ns = host->service_cores * (double)load->measured_ns / (double)load->tally.completed;
    double servers = one_thread ? 1 : cores;
    double used = one_thread ? host->busiest_thread_share : host->service_cores;
    double busy_share = fmin(BUSY_MOST, used / servers);
    double expected_ns = mean_time(need_ns, busy_share, servers);
    *ret_queueing = (struct cpu_queueing){.one_thread = one_thread,
                                          .busy_share = busy_share,
                                          .expected_ns = expected_ns,
                                          .expected_share = expected_ns / seen_ns};
    return true;
}

bool cpu_queueing_explains(const struct cpu_queueing *queueing)
{
    return queueing->expected_share >= EXPLAINED_LEAST;
}
