#include "analysis/verdict/request_outcome.h"

#include "stats/percentile.h"

#define ENOUGH 10

struct request_outcome request_outcome_of(const struct tally *tally, const struct histogram *response,
                                          const struct limits *limits)
{
    return (struct request_outcome){
        .offered = tally->offered,
        .failed = tally_failed(tally),
        .good = tally->good,
        .timed = response->total,
        .late = limits->latency_ns > 0 ? histogram_count_above(response, limits->latency_ns) : 0,
    };
}

/* Takes those out of the failures that the crash failed, as many as were in flight before it. */
static void forgive_crash(struct request_outcome *outcome, const struct interval *interval)
{
    static const enum failure by_crash[] = {FAILURE_RESET, FAILURE_CONNECT, FAILURE_UNANSWERED, FAILURE_UNSENT};
    uint64_t failed = 0;

    for (size_t i = 0; i < sizeof by_crash / sizeof by_crash[0]; i++) {
        failed += interval->tally.failures[by_crash[i]];
    }
    uint64_t caught = failed < interval->in_flight ? failed : interval->in_flight;
    outcome->failed -= caught;
    outcome->good += caught;
}

struct request_outcome request_outcome_of_interval(const struct step_record *step, size_t interval,
                                                   const struct limits *limits)
{
    const struct load_record *load = &step->load;
    const struct interval *at = &load->intervals[interval];
    struct request_outcome outcome = request_outcome_of(&at->tally, &at->response, limits);

    if (step->death.died && load->started_ns + (interval + 1) * load->interval_ns <= step->death.at_ns) {
        forgive_crash(&outcome, at);
    }
    return outcome;
}

void request_outcome_add(struct request_outcome *into, const struct request_outcome *from)
{
    into->offered += from->offered;
    into->failed += from->failed;
    into->good += from->good;
    into->timed += from->timed;
    into->late += from->late;
}

void request_outcome_subtract(struct request_outcome *into, const struct request_outcome *from)
{
    into->offered -= from->offered;
    into->failed -= from->failed;
    into->good -= from->good;
    into->timed -= from->timed;
    into->late -= from->late;
}

double request_outcome_failed_share(const struct request_outcome *outcome)
{
    return outcome->offered == 0 ? 0 : (double)outcome->failed / (double)outcome->offered;
}

double request_outcome_good_share(const struct request_outcome *outcome)
{
    return outcome->offered == 0 ? 1 : (double)outcome->good / (double)outcome->offered;
}

bool request_outcome_breaks(const struct request_outcome *outcome, const struct limits *limits, enum limit limit)
{
    switch (limit) {
    case LIMIT_LATENCY:
        return limits->latency_ns > 0 && outcome->timed > 0 &&
               outcome->timed - outcome->late < histogram_rank(outcome->timed, limits->percentile);
    case LIMIT_ERRORS:
        return limits->error_share > 0 && request_outcome_failed_share(outcome) > limits->error_share;
    case LIMIT_THROUGHPUT:
        return limits->throughput_share > 0 && request_outcome_good_share(outcome) < limits->throughput_share;
    default:
        return false;
    }
}

bool request_outcome_keeps_all(const struct request_outcome *outcome, const struct limits *limits)
{
    return !request_outcome_breaks(outcome, limits, LIMIT_LATENCY) &&
           !request_outcome_breaks(outcome, limits, LIMIT_ERRORS) &&
           !request_outcome_breaks(outcome, limits, LIMIT_THROUGHPUT);
}

bool request_outcome_is_enough(const struct request_outcome *outcome, const struct limits *limits, enum limit limit)
{
    switch (limit) {
    case LIMIT_LATENCY:
        return percentile_is_known_of(outcome->offered, limits->percentile);
    case LIMIT_ERRORS:
        return outcome->failed >= ENOUGH;
    default:
        return outcome->offered - outcome->good >= ENOUGH;
    }
}
