#include "analysis/verdict/verdict.h"

#include "analysis/usage/host_usage.h"
#include "analysis/verdict/memory_growth.h"
#include "analysis/verdict/queue_growth.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

/* A generator thread that works more than this may be the limit itself. */
#define BUSY_MOST 0.90

/* One that was kept from its core for more than this read answers late, and had no connection free when it should have:
 * the first makes the service look slow, the second hides its own lateness. */
#define STARVED_MOST  0.10
#define OPENING_SHARE 0.01

/* Work of others on the service's cores that may have caused a break: more cores' worth than this, more than this share
 * of what the service itself used, and its threads waiting for a core for more than this share of the time. */
#define FOREIGN_MOST  0.15
#define FOREIGN_SHARE 0.2
#define FOREIGN_DELAY 0.1

/* An interval says enough by itself when so many requests are above what it is judged by. */
#define SAMPLES_ABOVE 10

/* What send lag is measured against where the scenario has no latency limit. */
#define LATENCY_ASSUMED_NS 50e6

const char *limit_name(enum limit limit)
{
    static const char *const names[LIMIT_COUNT] = {
        [LIMIT_LATENCY] = "latency", [LIMIT_ERRORS] = "errors", [LIMIT_THROUGHPUT] = "throughput",
        [LIMIT_MEMORY] = "memory",   [LIMIT_GROWTH] = "growth", [LIMIT_QUEUE] = "queue",
        [LIMIT_CRASH] = "crash",
    };
    assert(limit < LIMIT_COUNT);
    return names[limit];
}

const char *verdict_name(enum verdict verdict)
{
    return verdict == VERDICT_PASS ? "pass" : verdict == VERDICT_BREAK ? "break" : "invalid";
}

const char *invalidity_name(enum invalidity invalidity)
{
    static const char *const names[INVALIDITY_COUNT] = {
        [INVALID_SEND_LAG] = "release_lag", [INVALID_GENERATOR_BUSY] = "generator_busy",
        [INVALID_STARVED] = "starved",      [INVALID_OPENING] = "opening",
        [INVALID_UNSENT] = "unsent",        [INVALID_LITTLE] = "little",
        [INVALID_FOREIGN] = "foreign",      [INVALID_NO_REQUESTS] = "no_requests",
    };
    assert(invalidity < INVALIDITY_COUNT);
    return names[invalidity];
}

/* --- the limits, over a tally or a histogram of the whole step or of an interval --------------------------------------
 */

static bool latency_broken(const struct histogram *response, const struct limits *limits)
{
    return limits->latency_ns > 0 && response->total > 0 &&
           histogram_quantile(response, limits->percentile) > limits->latency_ns;
}

static double failed_share(const struct tally *tally)
{
    return tally->offered == 0 ? 0 : (double)tally_failed(tally) / (double)tally->offered;
}

static double good_share(const struct tally *tally)
{
    return tally->offered == 0 ? 1 : (double)tally->good / (double)tally->offered;
}

static bool errors_broken(const struct tally *tally, const struct limits *limits)
{
    return limits->error_share > 0 && failed_share(tally) > limits->error_share;
}

static bool throughput_broken(const struct tally *tally, const struct limits *limits)
{
    return limits->throughput_share > 0 && good_share(tally) < limits->throughput_share;
}

static uint64_t crashed_at(const struct step_record *step)
{
    return step->death.at_ns > step->load.started_ns ? step->death.at_ns - step->load.started_ns : 0;
}

/* What became of an interval's requests without those that a later crash caught under way: the crash came first. */
static struct tally tally_without_crash(const struct step_record *step, size_t interval)
{
    static const enum failure by_crash[] = {FAILURE_RESET, FAILURE_CONNECT, FAILURE_UNANSWERED, FAILURE_UNSENT};
    struct tally tally = step->load.intervals[interval].tally;
    uint64_t under_way = step->load.intervals[interval].in_flight;

    if (!step->death.died || (interval + 1) * step->load.interval_ns > crashed_at(step)) {
        return tally;
    }
    for (size_t i = 0; i < sizeof by_crash / sizeof by_crash[0]; i++) {
        uint64_t failed = tally.failures[by_crash[i]];
        uint64_t caught = failed < under_way ? failed : under_way;
        tally.failures[by_crash[i]] -= caught;
        tally.good += caught;
        under_way -= caught;
    }
    return tally;
}

static bool interval_broken(const struct step_record *step, size_t interval, const struct limits *limits,
                            enum limit limit)
{
    struct tally tally = tally_without_crash(step, interval);
    switch (limit) {
    case LIMIT_LATENCY:
        return latency_broken(&step->load.intervals[interval].response, limits);
    case LIMIT_ERRORS:
        return errors_broken(&tally, limits);
    case LIMIT_THROUGHPUT:
        return throughput_broken(&tally, limits);
    default:
        return false;
    }
}

/* Whether an interval alone says enough: a percentile has ten requests above it (as where it is shown), and failed or bad
 * requests are ten. */
static bool enough_samples(const struct step_record *step, size_t interval, const struct limits *limits,
                           enum limit limit)
{
    struct tally tally = tally_without_crash(step, interval);
    switch (limit) {
    case LIMIT_LATENCY:
        return (double)tally.offered * (1 - limits->percentile) > SAMPLES_ABOVE - 1e-6;
    case LIMIT_ERRORS:
        return tally_failed(&tally) >= SAMPLES_ABOVE;
    default:
        return tally.offered - tally.good >= SAMPLES_ABOVE;
    }
}

/* The end of the first interval in which `limit` was violated, and not by a blip in an interval of few requests: either the
 * interval says enough by itself, or the next one is violated as well. Where there is only the one blip, its end; the end
 * of the last interval when only the sum of them violates it. */
static uint64_t first_violation(const struct step_record *step, const struct limits *limits, enum limit limit)
{
    size_t count = step->load.interval_count, first = count > 0 ? count - 1 : 0;

    for (size_t interval = count; interval-- > 0;) {
        if (interval_broken(step, interval, limits, limit)) {
            first = interval;
        }
    }
    for (size_t interval = first; interval + 1 < count; interval++) {
        if (interval_broken(step, interval, limits, limit) &&
            (interval_broken(step, interval + 1, limits, limit) || enough_samples(step, interval, limits, limit))) {
            first = interval;
            break;
        }
    }
    return (first + 1) * step->load.interval_ns;
}

static void add_breach(struct step_verdict *verdict, const struct breach *breach)
{
    size_t place = verdict->breach_count++;
    while (place > 0 && verdict->breaches[place - 1].at_ns > breach->at_ns) {
        verdict->breaches[place] = verdict->breaches[place - 1];
        place--;
    }
    verdict->breaches[place] = *breach;
}

static void add(struct step_verdict *verdict, enum limit limit, uint64_t at_ns, double observed, double allowed)
{
    const struct breach breach = {.limit = limit, .at_ns = at_ns, .observed = observed, .allowed = allowed};
    add_breach(verdict, &breach);
}

static void judge_requests(const struct step_record *step, const struct limits *limits, struct step_verdict *verdict)
{
    const struct load_record *load = &step->load;

    if (latency_broken(&load->response, limits)) {
        add(verdict, LIMIT_LATENCY, first_violation(step, limits, LIMIT_LATENCY),
            (double)histogram_quantile(&load->response, limits->percentile), (double)limits->latency_ns);
    }
    if (errors_broken(&load->tally, limits)) {
        add(verdict, LIMIT_ERRORS, first_violation(step, limits, LIMIT_ERRORS), failed_share(&load->tally),
            limits->error_share);
    }
    if (throughput_broken(&load->tally, limits)) {
        add(verdict, LIMIT_THROUGHPUT, first_violation(step, limits, LIMIT_THROUGHPUT), good_share(&load->tally),
            limits->throughput_share);
    }
}

static bool has_breach(const struct step_verdict *verdict, enum limit limit)
{
    for (size_t i = 0; i < verdict->breach_count; i++) {
        if (verdict->breaches[i].limit == limit) {
            return true;
        }
    }
    return false;
}

static void judge_group(const struct request_class_group *group, enum expectation expectation,
                        const struct limits *limits, struct breach *breach, struct step_verdict *verdict)
{
    breach->of = expectation;
    if (expectation == EXPECT_SUCCESS && request_class_group_is_slow(group, limits) &&
        !has_breach(verdict, LIMIT_LATENCY)) {
        breach->limit = LIMIT_LATENCY;
        breach->observed = (double)histogram_quantile(&group->response, limits->percentile);
        breach->allowed = (double)limits->latency_ns;
        add_breach(verdict, breach);
    }
    if (request_class_group_fails(group, limits) && !has_breach(verdict, LIMIT_ERRORS)) {
        breach->limit = LIMIT_ERRORS;
        breach->observed = failed_share(&group->tally);
        breach->allowed = limits->error_share;
        add_breach(verdict, breach);
    }
}

/* What is to be served and what is to be refused by themselves, where together they broke nothing. Intervals do not tell
 * kinds apart: it is the sum of them that breaks, at the end of the last. A service that died has refused nobody. */
static void judge_apart(const struct step_record *step, const struct limits *limits, const struct traffic *traffic,
                        struct step_verdict *verdict)
{
    const struct load_record *load = &step->load;

    if (step->death.died || !request_classes_apart(traffic, load)) {
        return;
    }
    for (int expectation = EXPECT_SUCCESS; expectation <= EXPECT_ERROR; expectation++) {
        struct breach breach = {.at_ns = load->interval_count * load->interval_ns};
        struct request_class_group group;
        request_classes_gather(traffic, load, (enum expectation)expectation, &group);
        judge_group(&group, (enum expectation)expectation, limits, &breach, verdict);
        request_class_group_release(&group);
    }
}

/* Nothing was due, and requests of the warm-up were still not answered when the measured part ended: a closed load
 * whose every connection waits. They waited all that time, and nothing was good in it. */
static void judge_silence(const struct load_record *load, const struct limits *limits, struct step_verdict *verdict)
{
    if (limits->latency_ns > 0 && load->measured_ns > limits->latency_ns) {
        add(verdict, LIMIT_LATENCY, load->interval_ns, (double)load->measured_ns, (double)limits->latency_ns);
    }
    if (limits->error_share > 0) {
        add(verdict, LIMIT_ERRORS, load->interval_ns, 1, limits->error_share);
    }
    if (limits->throughput_share > 0) {
        add(verdict, LIMIT_THROUGHPUT, load->interval_ns, 0, limits->throughput_share);
    }
}

/* --- memory and the queue ---------------------------------------------------------------------------------------- */

static void judge_memory(const struct step_record *step, const struct limits *limits, struct step_verdict *verdict)
{
    struct memory_growth growth;
    double highest = 0;
    uint64_t first_ns = UINT64_MAX;
    size_t first, count = memory_growth_samples(step, &first);

    for (size_t i = first; i < first + count; i++) {
        double memory = memory_held(step, &step->samples[i]);
        highest = fmax(highest, memory);
        if (memory > (double)limits->memory_bytes && first_ns == UINT64_MAX) {
            first_ns = step->samples[i].at_ns - step->load.started_ns;
        }
    }
    if (limits->memory_bytes > 0 && first_ns != UINT64_MAX) {
        add(verdict, LIMIT_MEMORY, first_ns, highest, (double)limits->memory_bytes);
    } else if (memory_growth_find(step, limits->memory_bytes, &growth)) {
        add(verdict, LIMIT_GROWTH, growth.at_ns, growth.bytes_per_s, growth.allowed_rate);
    }
}

static void judge_queue(const struct load_record *load, struct step_verdict *verdict)
{
    uint64_t at_ns;
    double in_flight;

    if (queue_growth_find(load, &at_ns, &in_flight)) {
        add(verdict, LIMIT_QUEUE, at_ns, in_flight, 0);
    }
}

/* --- validity ---------------------------------------------------------------------------------------------------- */

/* Little's law: requests in the system = rate x time in it. Over a finite time the two sides, counted in different
 * ways, may differ by what was under way at its two ends, at most its number times the longest time; where they differ
 * by more, and by more than a tenth, the books are wrong. Only a step in which all were answered has a time for each.
 */
static bool little_violated(const struct load_record *load)
{
    if (load->interval_count == 0 || load->tally.completed < load->tally.sent || load->tally.sent == 0) {
        return false;
    }
    double time_ns = (double)load->measured_ns;
    double by_rate = (double)load->tally.completed / time_ns * histogram_mean(&load->service);
    double at_ends = 2 * (double)load->intervals[load->interval_count - 1].in_flight + 2;
    double slack = at_ends * (double)load->service.max / time_ns;
    return fabs(by_rate - load->mean_in_flight) > 0.1 * fmax(by_rate, load->mean_in_flight) + slack;
}

/* Connections that hold requests which were never answered were not free, even where most were for most of the time: a
 * service that stops answering half way leaves just that. */
static bool unsent_though_free(const struct load_record *load)
{
    double busy = fmax(load->mean_in_flight, (double)load->tally.failures[FAILURE_UNANSWERED]);
    bool free_connections = busy < 0.9 * (double)load->connections;
    return (double)load->tally.sent < 0.98 * (double)load->tally.offered && free_connections &&
           load->tally.failures[FAILURE_CONNECT] == 0;
}

/* What is measured while connections are made is not what it is to hold them. A service that refuses some is judged. */
static bool still_opening(const struct step_record *step)
{
    const struct load_record *load = &step->load;
    double most = fmax(1, OPENING_SHARE * (double)step->connections);

    return step->connections > 0 && (double)load->connections_missing > most && !step->death.died &&
           load->tally.failures[FAILURE_CONNECT] == 0;
}

/* Others worked on the service's cores, and its threads had to wait for them: the break may be theirs. */
static bool disturbed(const struct step_record *step, bool cores_shared)
{
    const struct load_record *load = &step->load;
    struct host_usage host;

    host_usage_find(step, 1, &host);
    double generator =
        cores_shared && load->measured_ns > 0 ? (double)(load->cpu_ns + load->spin_ns) / (double)load->measured_ns : 0;
    double foreign = host.foreign_cores - generator;
    return foreign > FOREIGN_MOST && foreign > FOREIGN_SHARE * host.service_cores &&
           host.run_delay_share > FOREIGN_DELAY;
}

static void judge_validity(const struct step_record *step, const struct limits *limits, bool cores_shared,
                           struct step_verdict *verdict)
{
    const struct load_record *load = &step->load;
    double latency_ns = limits->latency_ns > 0 ? (double)limits->latency_ns : LATENCY_ASSUMED_NS;
    double lag_ns = (double)histogram_quantile(&load->send_lag, 0.99);
    bool *invalid = verdict->invalid;

    invalid[INVALID_NO_REQUESTS] = load->tally.offered == 0 && verdict->breach_count == 0;
    invalid[INVALID_SEND_LAG] = lag_ns > latency_ns / 10;
    /* Where every limit held, a busy generator has hidden nothing: it only made the times look worse. */
    invalid[INVALID_GENERATOR_BUSY] = load->busiest_thread > BUSY_MOST && verdict->breach_count > 0;
    invalid[INVALID_STARVED] = load->starved_thread > STARVED_MOST && verdict->breach_count > 0;
    invalid[INVALID_OPENING] = still_opening(step);
    invalid[INVALID_UNSENT] = !step->death.died && unsent_though_free(load);
    invalid[INVALID_FOREIGN] = verdict->breach_count > 0 && disturbed(step, cores_shared);
    invalid[INVALID_LITTLE] = verdict->breach_count == 0 && little_violated(load);
}

void verdict_judge(const struct step_record *step, const struct limits *limits, const struct traffic *traffic,
                   bool cores_shared, struct step_verdict *ret_verdict)
{
    const struct load_record *load = &step->load;
    struct step_verdict verdict = {.verdict = VERDICT_PASS};

    if (step->death.died) {
        add(&verdict, LIMIT_CRASH, crashed_at(step), 0, 0);
    }
    if (load->tally.offered > 0) {
        judge_requests(step, limits, &verdict);
        judge_apart(step, limits, traffic, &verdict);
    } else if (load->interval_count > 0 && load->intervals[load->interval_count - 1].in_flight > 0) {
        judge_silence(load, limits, &verdict);
    }
    judge_memory(step, limits, &verdict);
    judge_queue(load, &verdict);
    judge_validity(step, limits, cores_shared, &verdict);
    verdict.verdict = verdict.breach_count > 0 ? VERDICT_BREAK : VERDICT_PASS;
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        /* A dead process is dead, whoever drove it. */
        if (verdict.invalid[i] && !step->death.died) {
            verdict.verdict = VERDICT_INVALID;
        }
    }
    *ret_verdict = verdict;
}
