#include "analysis/verdict/disturbance.h"

#include "analysis/verdict/validity.h"

#include <math.h>

#define FOREIGN_MOST 0.15
#define STEAL_MOST   0.05

const char *disturbance_name(enum disturbance_kind kind)
{
    static const char *const names[DISTURBANCE_COUNT] = {
        [DISTURBANCE_FOREIGN] = "foreign",
        [DISTURBANCE_STEAL] = "steal",
        [DISTURBANCE_STARVED] = "starved",
        [DISTURBANCE_BUSY] = "generator_busy",
    };
    return names[kind];
}

double disturbance_foreign_cores(const struct load_record *load, const struct host_usage *host, bool cores_shared)
{
    double foreign = host->foreign_cores;

    if (cores_shared && load->measured_ns > 0) {
        foreign -= (double)(load->cpu_ns + load->spin_ns) / (double)load->measured_ns;
    }
    return isnan(foreign) ? NAN : fmax(0, foreign);
}

/* The kernel receives packets on the service's cores in every run, and the more of them the higher the load. Where it
 * accounts for that apart it is no other program's work; where it does not, it is the service's already, and a little
 * of what is foreign is missed. */
static double programs_share(const struct load_record *load, const struct disturbance_terms *terms)
{
    double foreign = disturbance_foreign_cores(load, terms->host, terms->cores_shared) - terms->host->kernel_cores;
    return isnan(foreign) ? NAN : fmax(0, foreign) / terms->service_core_count;
}

void disturbance_find(const struct load_record *load, const struct disturbance_terms *terms,
                      struct disturbance *ret_disturbance)
{
    struct disturbance found = {
        .shares = {[DISTURBANCE_FOREIGN] = programs_share(load, terms),
                   [DISTURBANCE_STEAL] = terms->host->service_steal_cores / terms->service_core_count,
                   [DISTURBANCE_STARVED] = load->starved_thread,
                   [DISTURBANCE_BUSY] = load->busiest_thread}};

    found.by[DISTURBANCE_FOREIGN] = found.shares[DISTURBANCE_FOREIGN] > FOREIGN_MOST;
    found.by[DISTURBANCE_STEAL] = found.shares[DISTURBANCE_STEAL] > STEAL_MOST;
    found.by[DISTURBANCE_STARVED] = validity_generator_starved(load);
    found.by[DISTURBANCE_BUSY] = validity_generator_busy(load);
    for (int i = 0; i < DISTURBANCE_COUNT; i++) {
        found.any = found.any || found.by[i];
    }
    *ret_disturbance = found;
}
