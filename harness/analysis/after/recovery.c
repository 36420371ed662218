#include "analysis/after/recovery.h"

#include "base/clock.h"

#include <math.h>
#include <stddef.h>

/* In flight at one moment at a low load: so many say nothing. */
#define IN_FLIGHT_LEAST 20

/* What became of the requests of some intervals. */
struct stretch {
    double offered, failed, good;
    double answered, late; /* response times, and those above the limit */
};

uint64_t recovery_memory(const struct memory_reading *memory)
{
    return memory->pss_bytes > 0 ? memory->pss_bytes : memory->rss_bytes;
}

/* `sign` is 1 to add, -1 to take away again. */
static void add_interval(struct stretch *stretch, const struct interval *interval, const struct limits *limits,
                         double sign)
{
    const struct histogram *response = &interval->response;
    double total = (double)response->total;

    stretch->offered += sign * (double)interval->tally.offered;
    stretch->failed += sign * (double)tally_failed(&interval->tally);
    stretch->good += sign * (double)interval->tally.good;
    stretch->answered += sign * total;
    stretch->late += sign * round(total * (1 - histogram_share_below(response, limits->latency_ns)));
}

static bool holds(const struct stretch *stretch, const struct limits *limits)
{
    bool latency =
        limits->latency_ns == 0 || stretch->late <= (1 - limits->percentile) * stretch->answered * (1 + 1e-9);
    bool errors = limits->error_share <= 0 || stretch->failed <= limits->error_share * stretch->offered;
    bool throughput = limits->throughput_share <= 0 || stretch->good >= limits->throughput_share * stretch->offered;
    return latency && errors && throughput;
}

static uint64_t most_in_flight(const struct step_record *step)
{
    uint64_t most = IN_FLIGHT_LEAST;

    for (size_t i = 0; step != NULL && i < step->load.interval_count; i++) {
        most = step->load.intervals[i].in_flight > most ? step->load.intervals[i].in_flight : most;
    }
    return most;
}

/* The first interval from which on it is well; their number where none is. */
static size_t first_well(const struct load_record *load, const struct limits *limits, uint64_t in_flight)
{
    size_t second = load->interval_ns > 0 ? (size_t)((CLOCK_SECOND_NS - 1) / load->interval_ns) + 1 : 1;
    size_t well = load->interval_count;
    struct stretch rest = {0}, next = {0};

    for (size_t i = load->interval_count; i-- > 0;) {
        struct stretch own = {0};
        add_interval(&own, &load->intervals[i], limits, 1);
        add_interval(&rest, &load->intervals[i], limits, 1);
        add_interval(&next, &load->intervals[i], limits, 1);
        if (i + second < load->interval_count) {
            add_interval(&next, &load->intervals[i + second], limits, -1);
        }
        if (holds(&own, limits) && holds(&next, limits) && holds(&rest, limits) &&
            load->intervals[i].in_flight <= in_flight) {
            well = i;
        }
    }
    return well;
}

static uint64_t since(uint64_t from, uint64_t to)
{
    return to > from ? to - from : 0;
}

void recovery_find(const struct recovery_ladder *ladder, const struct step_record *record, const struct limits *limits,
                   struct recovery_finding *ret_finding)
{
    struct recovery_finding finding = {.record = record,
                                       .highest_bytes = ladder->highest_bytes,
                                       .idle_bytes = recovery_memory(ladder->idle),
                                       .died = ladder->last != NULL && ladder->last->death.died};

    if (ladder->first != NULL) {
        finding.first_bytes = recovery_memory(&ladder->first->memory);
    }
    if (record != NULL && ladder->last != NULL) {
        const struct load_record *load = &record->load;
        uint64_t dropped_ns = ladder->last->load.started_ns + ladder->last->load.measured_ns;
        uint64_t gap_ns = since(dropped_ns, load->started_ns);
        size_t well = first_well(load, limits, most_in_flight(ladder->first));
        finding.died = record->death.died;
        finding.recovered = well < load->interval_count && !finding.died;
        finding.after_ns = gap_ns + well * load->interval_ns;
        finding.within_ns = gap_ns + load->measured_ns;
        finding.held_bytes = recovery_memory(&record->memory);
    }
    *ret_finding = finding;
}
