#include "analysis/verdict/verdict.h"

#include "analysis/usage/counter.h"
#include "analysis/usage/memory_usage.h"
#include "analysis/usage/sample_range.h"
#include "analysis/verdict/memory_growth.h"
#include "analysis/verdict/queue_growth.h"
#include "analysis/verdict/request_classes.h"
#include "analysis/verdict/request_outcome.h"

#include <math.h>

const char *verdict_name(enum verdict verdict)
{
    static const char *const names[] = {
        [VERDICT_PASS] = "pass",
        [VERDICT_BREAK] = "break",
        [VERDICT_INVALID] = "invalid",
        [VERDICT_UNDECIDED] = "undecided",
    };
    return names[verdict];
}

static void add(struct step_verdict *verdict, struct breach breach)
{
    size_t place = verdict->breach_count++;

    while (place > 0 && verdict->breaches[place - 1].at_ns > breach.at_ns) {
        verdict->breaches[place] = verdict->breaches[place - 1];
        place--;
    }
    verdict->breaches[place] = breach;
}

/* A limit that is not on requests, and that the step broke. `beyond_doubt`: it is a fact and not a sample. */
static void add_fact(struct step_verdict *verdict, struct breach breach, bool beyond_doubt)
{
    verdict->limits[breach.limit] = (struct limit_judgement){.state = LIMIT_BREAKS,
                                                             .limit = breach.limit,
                                                             .over = true,
                                                             .beyond_doubt = beyond_doubt,
                                                             .observed = breach.observed,
                                                             .allowed = breach.allowed};
    add(verdict, breach);
}

static void hold(struct step_verdict *verdict, enum limit limit, double observed, double allowed)
{
    verdict->limits[limit] =
        (struct limit_judgement){.state = LIMIT_HOLDS, .limit = limit, .observed = observed, .allowed = allowed};
}

/* --- requests ---------------------------------------------------------------------------------------------------- */

/* How the requests violated the limit; the time of the limit's percentile is known only to the caller. */
static struct breach breach_by(const struct request_outcome *outcome, double percentile_ns, const struct limits *limits,
                               enum limit limit)
{
    struct breach breach = {.limit = limit, .observed = percentile_ns, .allowed = (double)limits->latency_ns};

    if (limit == LIMIT_ERRORS) {
        breach.observed = request_outcome_failed_share(outcome);
        breach.allowed = limits->error_share;
    } else if (limit == LIMIT_THROUGHPUT) {
        breach.observed = request_outcome_good_share(outcome);
        breach.allowed = limits->throughput_share;
    }
    return breach;
}

/* One limit on the requests that `step` has; *judgement has its place in the verdict. */
static void judge_limit(const struct step_record *step, const struct limits *limits, enum limit limit,
                        struct limit_judgement *judgement, struct step_verdict *verdict)
{
    const struct load_record *load = &step->load;
    const char *request = judgement->request;
    struct request_outcome outcome = request_outcome_of(&load->tally, &load->response, limits);
    double percentile_ns = (double)histogram_quantile(&load->response, limits->percentile);
    struct breach breach = breach_by(&outcome, percentile_ns, limits, limit);

    limit_test_step(step, limits, limit, judgement);
    judgement->request = breach.request = request;
    judgement->observed = breach.observed;
    judgement->allowed = breach.allowed;
    if (judgement->state == LIMIT_BREAKS) {
        breach.at_ns = breach_first_ns(step, limits, limit);
        add(verdict, breach);
    }
}

static void judge_requests(const struct step_record *step, const struct limits *limits, struct step_verdict *verdict)
{
    for (size_t i = 0; i < LIMITS_ON_REQUESTS; i++) {
        enum limit limit = limits_on_requests[i];
        judge_limit(step, limits, limit, &verdict->limits[limit], verdict);
    }
}

/* The step as if it had had no other requests than those of one class. False where the record does not have them. */
static bool step_of_request(const struct step_record *step, const struct traffic *traffic, size_t index,
                            struct step_record *ret_step)
{
    const struct load_record *load = &step->load;
    const struct request_record *request = request_classes_record(traffic, load, index);

    if (request == NULL) {
        return false;
    }
    *ret_step = *step;
    ret_step->load.tally = request->tally;
    ret_step->load.response = request->response;
    ret_step->load.intervals = request->intervals;
    if (request->intervals == NULL) {
        ret_step->load.interval_count = 0;
        ret_step->load.interval_ns = load->measured_ns;
    }
    return true;
}

/* Each request that has limits of its own is judged as if it were all there is. */
static void judge_single_requests(const struct step_record *step, const struct verdict_terms *terms,
                                  struct step_verdict *verdict)
{
    static const enum limit of_requests[] = {LIMIT_LATENCY, LIMIT_ERRORS};
    const struct request_limits_list *list = terms->request_limits;

    for (size_t i = 0; list != NULL && i < list->count; i++) {
        const struct request_limits *own = &list->items[i];
        struct step_record alone;
        if (!step_of_request(step, terms->traffic, own->request, &alone)) {
            continue;
        }
        for (size_t j = 0; j < sizeof of_requests / sizeof of_requests[0]; j++) {
            struct limit_judgement *judgement = &verdict->limits[limit_place_of_request(i, of_requests[j])];
            judgement->request = terms->traffic->requests[own->request].name;
            judge_limit(&alone, &own->limits, of_requests[j], judgement, verdict);
        }
    }
}

/* The intervals do not tell the classes apart: it is their sum that breaks, at the end of the last interval. */
static void judge_group(const struct request_class_group *group, uint64_t end_ns, const struct limits *limits,
                        struct step_verdict *verdict)
{
    struct request_outcome outcome = request_outcome_of(&group->tally, &group->response, limits);
    double percentile_ns = (double)histogram_quantile(&group->response, limits->percentile);

    for (size_t i = 0; i < LIMITS_ON_REQUESTS; i++) {
        enum limit limit = limits_on_requests[i];
        struct limit_judgement *judgement = &verdict->limits[limit];
        if (request_class_group_breaks(group, limits, limit) && judgement->state != LIMIT_BREAKS) {
            struct breach breach = breach_by(&outcome, percentile_ns, limits, limit);
            breach.at_ns = end_ns;
            breach.of = group->expectation;
            judgement->state = LIMIT_BREAKS;
            judgement->over = true;
            judgement->observed = breach.observed;
            add(verdict, breach);
        }
    }
}

/* Requests that are expected to succeed and those that are not, where all of them together violated nothing. The
 * failures of a service that died say nothing of either. */
static void judge_groups(const struct step_record *step, const struct verdict_terms *terms,
                         struct step_verdict *verdict)
{
    static const enum expectation expectations[] = {EXPECT_SUCCESS, EXPECT_ERROR};
    const struct load_record *load = &step->load;

    if (step->death.died || !expectation_of_errors(terms->traffic, load)) {
        return;
    }
    for (size_t i = 0; i < sizeof expectations / sizeof expectations[0]; i++) {
        struct request_class_group group;
        request_class_group_find(terms->traffic, load, expectations[i], &group);
        judge_group(&group, load->interval_count * load->interval_ns, terms->limits, verdict);
        request_class_group_release(&group);
    }
}

/* Nothing was due, and requests of the warm-up were still unanswered when the measured part ended: a closed load whose
 * every connection waits. They waited all that time, and none of them was good. */
static void judge_silence(const struct load_record *load, const struct limits *limits, struct step_verdict *verdict)
{
    uint64_t waiting = load->intervals[load->interval_count - 1].in_flight;
    struct request_outcome outcome = {.offered = waiting,
                                      .failed = waiting,
                                      .timed = waiting,
                                      .late = load->measured_ns > limits->latency_ns ? waiting : 0};

    for (size_t i = 0; i < LIMITS_ON_REQUESTS; i++) {
        enum limit limit = limits_on_requests[i];
        if (request_outcome_breaks(&outcome, limits, limit)) {
            struct breach breach = breach_by(&outcome, (double)load->measured_ns, limits, limit);
            breach.at_ns = load->interval_ns;
            add_fact(verdict, breach, true);
        }
    }
}

/* --- what the service holds -------------------------------------------------------------------------------------- */

static void judge_memory(const struct step_record *step, const struct limits *limits, struct step_verdict *verdict)
{
    struct breach breach = {.limit = LIMIT_MEMORY, .at_ns = UINT64_MAX, .allowed = (double)limits->memory_bytes};
    struct memory_growth growth;
    size_t first, count = sample_range_measured(step, &first);
    bool read = false;

    for (size_t i = first; i < first + count; i++) {
        struct sample sample = step_record_sample(step, i);
        if ((sample.absent & SAMPLE_MEMORY) != 0) {
            continue;
        }
        double memory_bytes = memory_usage_bytes(&step->memory, sample.rss_bytes);
        read = true;
        breach.observed = fmax(breach.observed, memory_bytes);
        if (memory_bytes > breach.allowed && breach.at_ns == UINT64_MAX) {
            breach.at_ns = sample.at_ns - step->load.started_ns;
        }
    }
    if (limits->memory_bytes == 0 || !read || step->not_watched) {
        return;
    }
    if (breach.at_ns != UINT64_MAX) {
        add_fact(verdict, breach, true);
        return;
    }
    hold(verdict, LIMIT_MEMORY, breach.observed, breach.allowed);
    if (memory_growth_find(step, limits->memory_bytes, &growth)) {
        struct breach grows = {.limit = LIMIT_GROWTH,
                               .at_ns = growth.at_ns,
                               .observed = growth.bytes_per_s,
                               .allowed = growth.allowed_bytes_per_s};
        add(verdict, grows);
        /* It is the limit on memory that it would pass. */
        verdict->limits[LIMIT_MEMORY].state = LIMIT_BREAKS;
        verdict->limits[LIMIT_MEMORY].over = true;
    }
}

static void judge_queue(const struct load_record *load, struct step_verdict *verdict)
{
    struct queue_growth growth;

    hold(verdict, LIMIT_QUEUE, 0, 0);
    if (queue_growth_find(load, &growth)) {
        struct breach grows = {.limit = LIMIT_QUEUE, .at_ns = growth.at_ns, .observed = growth.in_flight};
        add_fact(verdict, grows, false);
    }
}

static void judge_life(const struct step_record *step, struct step_verdict *verdict)
{
    const struct death *death = &step->death;

    hold(verdict, LIMIT_CRASH, 0, 0);
    if (death->died) {
        uint64_t at_ns = counter_growth(step->load.started_ns, death->at_ns);
        add_fact(verdict, (struct breach){.limit = LIMIT_CRASH, .at_ns = at_ns}, true);
    }
}

static bool is_invalid(const struct step_verdict *verdict)
{
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        if (verdict->invalid[i]) {
            return true;
        }
    }
    return false;
}

static bool any_over(const struct step_verdict *verdict)
{
    for (size_t i = 0; i < LIMIT_PLACES; i++) {
        if (verdict->limits[i].over) {
            return true;
        }
    }
    return false;
}

static bool any_undecided(const struct step_verdict *verdict)
{
    for (size_t i = 0; i < LIMIT_PLACES; i++) {
        if (verdict->limits[i].state == LIMIT_UNDECIDED) {
            return true;
        }
    }
    return false;
}

/* A dead process is dead, whoever drove it; unless what it needs had failed. */
static enum verdict conclude(const struct step_verdict *verdict, bool died)
{
    if (is_invalid(verdict) && (!died || verdict->invalid[INVALID_DEPENDENCY])) {
        return VERDICT_INVALID;
    }
    if (verdict->breach_count > 0) {
        return VERDICT_BREAK;
    }
    return any_undecided(verdict) ? VERDICT_UNDECIDED : VERDICT_PASS;
}

/* The shortest time that any request may take; 0: none is limited. */
static uint64_t tightest_latency_ns(const struct verdict_terms *terms)
{
    const struct request_limits_list *list = terms->request_limits;
    uint64_t tightest_ns = terms->limits->latency_ns;

    for (size_t i = 0; list != NULL && i < list->count; i++) {
        uint64_t own_ns = list->items[i].limits.latency_ns;
        if (own_ns > 0 && (tightest_ns == 0 || own_ns < tightest_ns)) {
            tightest_ns = own_ns;
        }
    }
    return tightest_ns;
}

/* All requests do, or none does. */
static bool opens_streams(const struct traffic *traffic)
{
    return traffic != NULL && traffic->request_count > 0 && traffic->requests[0].stream;
}

void verdict_judge(const struct step_record *step, const struct host_usage *host, const struct verdict_terms *terms,
                   struct step_verdict *ret_verdict)
{
    const struct load_record *load = &step->load;
    struct step_verdict verdict = {.verdict = VERDICT_PASS};

    judge_life(step, &verdict);
    if (load->tally.offered > 0) {
        judge_requests(step, terms->limits, &verdict);
        judge_groups(step, terms, &verdict);
        judge_single_requests(step, terms, &verdict);
    } else if (load->interval_count > 0 && load->intervals[load->interval_count - 1].in_flight > 0) {
        judge_silence(load, terms->limits, &verdict);
    }
    judge_memory(step, terms->limits, &verdict);
    judge_queue(load, &verdict);
    const struct validity_terms validity = {.host = host,
                                            .latency_ns = tightest_latency_ns(terms),
                                            .streams = opens_streams(terms->traffic),
                                            .cores_shared = terms->cores_shared,
                                            .broke = any_over(&verdict)};
    validity_find(step, &validity, verdict.invalid);
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        verdict.blamed[i] = verdict.invalid[i] ? validity_blame(step, &validity, (enum invalidity)i) : NULL;
    }
    dependency_faults_find(step, &verdict.faults);
    verdict.verdict = conclude(&verdict, step->death.died);
    *ret_verdict = verdict;
}
