#include "analysis/after/recovery.h"

#include "analysis/usage/counter.h"
#include "analysis/usage/memory_usage.h"
#include "analysis/verdict/request_outcome.h"
#include "base/clock.h"
#include "base/mem.h"

#include <stddef.h>
#include <stdlib.h>

/* At a low load so many requests in flight at one moment say nothing. */
#define IN_FLIGHT_LEAST 20

static uint64_t most_in_flight(const struct step_record *step)
{
    uint64_t most = IN_FLIGHT_LEAST;

    for (size_t i = 0; step != NULL && i < step->load.interval_count; i++) {
        if (step->load.intervals[i].in_flight > most) {
            most = step->load.intervals[i].in_flight;
        }
    }
    return most;
}

/* The number of intervals that a second takes, rounded up. */
static size_t intervals_a_second(const struct load_record *load)
{
    return load->interval_ns > 0 ? (size_t)((CLOCK_SECOND_NS - 1) / load->interval_ns) + 1 : 1;
}

/* The index of the first interval from which on the service is well; the number of intervals where there is none. */
static size_t first_well(const struct step_record *step, const struct limits *limits, uint64_t most_in_flight)
{
    const struct load_record *load = &step->load;
    size_t well = load->interval_count, second = intervals_a_second(load);
    struct request_outcome *own = mem_new(load->interval_count, sizeof *own), next = {0}, rest = {0};

    for (size_t i = load->interval_count; i-- > 0;) {
        own[i] = request_outcome_of_interval(step, i, limits);
        request_outcome_add(&next, &own[i]);
        request_outcome_add(&rest, &own[i]);
        if (second < load->interval_count - i) {
            request_outcome_subtract(&next, &own[i + second]);
        }
        if (request_outcome_keeps_all(&own[i], limits) && request_outcome_keeps_all(&next, limits) &&
            request_outcome_keeps_all(&rest, limits) && load->intervals[i].in_flight <= most_in_flight) {
            well = i;
        }
    }
    free(own);
    return well;
}

void recovery_find(const struct recovery_ladder *ladder, const struct step_record *record, const struct limits *limits,
                   struct recovery_finding *ret_finding)
{
    struct recovery_finding finding = {.record = record,
                                       .highest_bytes = ladder->highest_bytes,
                                       .idle_bytes = memory_usage_at_reading(ladder->idle),
                                       .died = ladder->last != NULL && ladder->last->death.died};

    if (ladder->first != NULL) {
        finding.first_bytes = memory_usage_at_reading(&ladder->first->memory);
    }
    if (record != NULL && ladder->last != NULL) {
        const struct load_record *load = &record->load;
        uint64_t dropped_ns = ladder->last->load.started_ns + ladder->last->load.measured_ns;
        uint64_t gap_ns = counter_growth(dropped_ns, load->started_ns);
        size_t well = first_well(record, limits, most_in_flight(ladder->first));
        finding.died = record->death.died;
        finding.again = record->attempt > 0;
        finding.invalid = ladder->verdict != NULL && ladder->verdict->verdict == VERDICT_INVALID && !finding.died;
        if (finding.invalid) {
            finding.verdict = *ladder->verdict;
        }
        finding.recovered = well < load->interval_count && !finding.died && !finding.invalid;
        finding.after_ns = gap_ns + well * load->interval_ns;
        finding.within_ns = gap_ns + load->measured_ns;
        finding.held_bytes = memory_usage_at_reading(&record->memory);
    }
    *ret_finding = finding;
}
