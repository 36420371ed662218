#include "analysis/verdict/limit_test.h"

#include "analysis/verdict/queue_group.h"
#include "analysis/verdict/request_outcome.h"
#include "base/mem.h"
#include "stats/percentile.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

/* From this share of requests that violate the limit on, the break is beyond doubt. */
#define DOUBT_ENDS 0.5

/* Fewer requests above half the limit than these do not say whether they come together. */
#define COUNTED_LEAST 20

const char *limit_state_name(enum limit_state state)
{
    static const char *const names[] = {
        [LIMIT_NOT_JUDGED] = "not judged",
        [LIMIT_HOLDS] = "holds",
        [LIMIT_BREAKS] = "breaks",
        [LIMIT_UNDECIDED] = "undecided",
    };
    return names[state];
}

static struct share_batch violations(const struct request_outcome *outcome, enum limit limit)
{
    switch (limit) {
    case LIMIT_LATENCY:
        return (struct share_batch){outcome->late, outcome->timed};
    case LIMIT_ERRORS:
        return (struct share_batch){outcome->failed, outcome->offered};
    default:
        return (struct share_batch){outcome->offered - outcome->good, outcome->offered};
    }
}

static double allowed_of(const struct limits *limits, enum limit limit)
{
    switch (limit) {
    case LIMIT_LATENCY:
        return limits->latency_ns > 0 ? 1 - limits->percentile : 0;
    case LIMIT_ERRORS:
        return limits->error_share;
    case LIMIT_THROUGHPUT:
        return limits->throughput_share > 0 ? 1 - limits->throughput_share : 0;
    default:
        return 0;
    }
}

bool limit_test_is_set(const struct limits *limits, enum limit limit)
{
    switch (limit) {
    case LIMIT_LATENCY:
        return limits->latency_ns > 0;
    case LIMIT_ERRORS:
        return limits->error_share > 0;
    default:
        return limits->throughput_share > 0;
    }
}

/* At the limit, what is allowed is late (analysis/verdict/queue_group.h). A service whose longest response took less
 * than half the limit has no queue as long as the limit: what may come then comes one by one. Nor has one whose
 * requests take longer than half the limit one by one and not together, of which `half` is the count. */
static double cluster_of(const struct step_record *step, const struct limits *limits, const struct share *half)
{
    const struct load_record *load = &step->load;

    if (load->response.max < limits->latency_ns / 2 || load->measured_ns == 0) {
        return 1;
    }
    double group = queue_group_of(queue_group_arriving(load, limits->latency_ns, 1 - limits->percentile));
    return fmax(1, fmin(group, queue_group_seen(half, COUNTED_LEAST)));
}

/* Where the histograms of the intervals are thinned, a limit that is not a round one counts too many as late in each,
 * and how many it is in all is known: each interval has its part of these. What is less than one goes to the next. */
static void settle(const struct load_record *load, uint64_t limit_ns, struct share_batch *batches, size_t count)
{
    uint64_t late = 0, known = histogram_count_above(&load->response, limit_ns);
    double rest = 0;

    for (size_t i = 0; i < count; i++) {
        late += batches[i].count;
    }
    for (size_t i = 0; i < count && load->thinned && known < late; i++) {
        double part = (double)batches[i].count * (double)known / (double)late + rest;
        uint64_t whole = (uint64_t)(part + 0.5);
        rest = part - (double)whole;
        batches[i].count = whole < batches[i].of ? whole : batches[i].of;
    }
}

/* The share of requests that took longer than half the limit. */
static void measure_half(const struct step_record *step, const struct limits *limits, struct share *ret_share)
{
    const struct limits half = {.percentile = limits->percentile, .latency_ns = limits->latency_ns / 2};
    size_t count = step->load.interval_count;
    struct share_batch *batches = mem_new(count + 1, sizeof *batches);

    for (size_t i = 0; i < count; i++) {
        const struct interval *interval = &step->load.intervals[i];
        struct request_outcome outcome = request_outcome_of(&interval->tally, &interval->response, &half);
        batches[i] = violations(&outcome, LIMIT_LATENCY);
    }
    settle(&step->load, half.latency_ns, batches, count);
    share_measure(batches, count, 1, ret_share);
    ret_share->cluster = cluster_of(step, limits, ret_share);
    free(batches);
}

/* `cluster` as in struct share. */
static void measure(const struct step_record *step, const struct limits *limits, enum limit limit, double cluster,
                    struct share *ret_share)
{
    size_t count = step->load.interval_count;
    struct share_batch *batches = mem_new(count + 1, sizeof *batches);

    for (size_t i = 0; i < count; i++) {
        const struct interval *interval = &step->load.intervals[i];
        struct request_outcome outcome = request_outcome_of(&interval->tally, &interval->response, limits);
        batches[i] = violations(&outcome, limit);
    }
    if (limit == LIMIT_LATENCY) {
        settle(&step->load, limits->latency_ns, batches, count);
    }
    if (count == 0) { /* a record without intervals: one batch */
        struct request_outcome outcome = request_outcome_of(&step->load.tally, &step->load.response, limits);
        batches[count++] = violations(&outcome, limit);
    }
    share_measure(batches, count, cluster, ret_share);
    free(batches);
}

/* A share that is reached exactly is kept, also where 1 - 0.999 is not quite 0.001. */
static bool is_over(const struct limit_judgement *judgement)
{
    double allowed = judgement->allowed_share * judgement->share.of;
    return judgement->share.of > 0 && judgement->share.count > allowed * (1 + 1e-9);
}

/* Where response times fall off at least as fast as exp(-x t), as those of a queue do, the share above the limit is at
 * most the square of the share above half of it, which is known far better. That is enough where what was seen above
 * the limit itself does not speak against it. */
static bool holds_by_half(const struct limit_judgement *judgement)
{
    struct share_bounds bounds;

    share_bounds_find(&judgement->half, &bounds);
    return judgement->half.of > 0 && bounds.high * bounds.high <= judgement->allowed_share &&
           judgement->share.count <= judgement->allowed_share / 2 * judgement->share.of;
}

static enum limit_state decide(const struct limit_judgement *judgement)
{
    const struct share *share = &judgement->share;
    enum limit limit = judgement->limit;
    struct share_bounds bounds;

    if (share->of <= 0) {
        return LIMIT_NOT_JUDGED;
    }
    if (judgement->beyond_doubt) {
        return LIMIT_BREAKS;
    }
    if (limit == LIMIT_LATENCY && !percentile_is_known_of((uint64_t)share->of, judgement->percentile)) {
        return LIMIT_UNDECIDED;
    }
    if (limit != LIMIT_LATENCY && share->count <= 0) {
        return LIMIT_HOLDS;
    }
    if (limit == LIMIT_LATENCY && holds_by_half(judgement)) {
        return LIMIT_HOLDS;
    }
    share_bounds_find(share, &bounds);
    if (bounds.low > judgement->allowed_share) {
        return LIMIT_BREAKS;
    }
    return bounds.high <= judgement->allowed_share ? LIMIT_HOLDS : LIMIT_UNDECIDED;
}

static void conclude(struct limit_judgement *judgement)
{
    judgement->over = is_over(judgement);
    judgement->state = decide(judgement);
}

/* What follows the end of the process is no chance. */
static bool is_beyond_doubt(const struct step_record *step, const struct limit_judgement *judgement)
{
    const struct share *share = &judgement->share;
    return is_over(judgement) && (step->death.died || share->count > DOUBT_ENDS * share->of);
}

void limit_test_step(const struct step_record *step, const struct limits *limits, enum limit limit,
                     struct limit_judgement *ret_judgement)
{
    struct limit_judgement judgement = {.limit = limit,
                                        .percentile = limits->percentile,
                                        .measured_ns = step->load.measured_ns,
                                        .allowed_share = allowed_of(limits, limit)};

    if (limit_test_is_set(limits, limit)) {
        if (limit == LIMIT_LATENCY) {
            measure_half(step, limits, &judgement.half);
        }
        measure(step, limits, limit, fmax(1, judgement.half.cluster), &judgement.share);
        judgement.beyond_doubt = is_beyond_doubt(step, &judgement);
        conclude(&judgement);
    }
    *ret_judgement = judgement;
}

static void add_state(struct limit_judgement *into, const struct limit_judgement *from)
{
    into->over = into->over || from->over;
    into->beyond_doubt = into->beyond_doubt || from->beyond_doubt;
    into->observed = fmax(into->observed, from->observed);
    if (into->state == LIMIT_NOT_JUDGED || from->state == LIMIT_BREAKS) {
        into->state = from->state;
    }
}

void limit_test_add(struct limit_judgement *into, const struct limit_judgement *from)
{
    if (from->state == LIMIT_NOT_JUDGED) {
        return;
    }
    if (into->state == LIMIT_NOT_JUDGED) {
        *into = *from;
        return;
    }
    if (from->share.of <= 0) {
        add_state(into, from);
        return;
    }
    share_add(&into->share, &from->share);
    share_add(&into->half, &from->half);
    into->measured_ns += from->measured_ns;
    into->beyond_doubt = into->beyond_doubt && from->beyond_doubt;
    conclude(into);
}
