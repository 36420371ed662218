#include "report/words/reason.h"

#include "analysis/usage/host_usage.h"
#include "report/words/breach.h"
#include "report/words/evidence_phrase.h"
#include "report/words/figures.h"
#include "report/words/reliability/trial_phrase.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define TOLD_MOST 12

/* The evidence of each cause that is told; the JSON has all of it. */
static const char *const told[CAUSE_COUNT][TOLD_MOST] = {
    [CAUSE_UNKNOWN] = {"service_cpu_share", "run_delay_share", "foreign_share", "steal_share"},
    [CAUSE_CPU] = {"service_cpu_share", "breaking_cpu_share", "raised_cpu_share", "dependency_beside_share",
                   "service_cores_busy_share", "steal_share", "foreign_share", "gc_share"},
    [CAUSE_QUOTA] = {"quota_cores", "throttled_share", "throttled_periods_share", "core_wait_share",
                     "service_cpu_share", "service_cores_busy_share"},
    [CAUSE_ONE_THREAD] = {"busiest_thread_share", "breaking_thread_share", "service_cpu_share", "event_loop_lag_ns"},
    [CAUSE_WAITING] = {"service_cpu_share", "busiest_thread_share", "foreign_share", "dependency_beside_share",
                       "dependency_time_share", "sessions_active_share", "served_rps", "served_at_another_load_rps",
                       "pool_active", "pool_waiting", "goroutines"},
    [CAUSE_DEPENDENCY] = {"dependency_cpu_share", "service_cpu_share", "service_cores_busy_share"},
    [CAUSE_MEMORY] = {"memory_idle_bytes", "rss_first_bytes", "rss_peak_bytes", "memory_per_connection_bytes",
                      "group_memory_peak_bytes", "group_oom_kills", "oom_kills", "swap_bytes"},
    [CAUSE_BACKLOG] = {"accept_queue_overflows", "service_cpu_share"},
    [CAUSE_FILE_DESCRIPTORS] = {"file_descriptors_open", "file_descriptor_limit"},
    [CAUSE_SHEDDING] = {"refused_share", "refused_mean_ns", "service_cpu_share"},
    [CAUSE_PAUSE] = {"pause_length_ns", "pause_period_ns", "pauses", "service_cpu_share"},
    [CAUSE_STOPPED] = {"stopped_share"},
    [CAUSE_NETWORK] = {"link_bytes_per_s", "link_share", "link_lower_bytes_per_s", "tcp_retransmits",
                       "service_cpu_share"},
    [CAUSE_NOT_WATCHED] = {"service_cpu_share", "service_used_cores", "event_loop_lag_ns", "gc_share", "pool_waiting"},
    [CAUSE_FOREIGN_WORK] = {"foreign_share", "service_cpu_share", "service_cores_busy_share"},
};

/* The same of a dependency that was slow without being saturated. */
static const char *const told_slow[TOLD_MOST] = {"dependency_time_share",   "dependency_call_ns",
                                                 "sessions_active_share",   "sessions_on_locks_share",
                                                 "sessions_on_inner_share", "sessions_on_disk_share",
                                                 "service_cpu_share"};

/* The same of CPU or a thread that requests queued for. */
static const char *const told_queued[TOLD_MOST] = {"queue_busy_share", "queueing_expected_ns", "response_mean_ns",
                                                   "accept_queue_overflows"};

static enum cause cause_of(const struct step_finding *step)
{
    const struct step_verdict *verdict = &step->verdict;

    if (step->cause.cause != CAUSE_CRASH) {
        return step->cause.cause;
    }
    for (size_t i = 0; i < breach_first_count(verdict); i++) {
        if (verdict->breaches[i].limit == LIMIT_CRASH) {
            return CAUSE_CRASH;
        }
    }
    return CAUSE_UNKNOWN;
}

static const struct evidence *find(const struct cause_finding *finding, const char *key)
{
    for (size_t i = 0; i < finding->evidence_count; i++) {
        if (strcmp(finding->evidence[i].key, key) == 0) {
            return &finding->evidence[i];
        }
    }
    return NULL;
}

static bool has(const struct cause_finding *finding, const char *key)
{
    return find(finding, key) != NULL;
}

/* 0: it has none. */
static double value_of(const struct cause_finding *finding, const char *key)
{
    const struct evidence *evidence = find(finding, key);
    return evidence != NULL ? evidence->value : 0;
}

static const char *dependency_phrase(const struct cause_finding *finding)
{
    if (finding->slow) {
        return "it waited for what it depends on";
    }
    if (has(finding, "dependency_beside_share")) {
        return "what it depends on saturated the cores that they share";
    }
    return "what it depends on was saturated";
}

/* The status that it refused with, for those that services refuse with. */
static const char *shedding_phrase(const struct cause_finding *finding)
{
    static const struct {
        double status;
        const char *phrase;
    } phrases[] = {
        {400, "it refused: 400"}, {401, "it refused: 401"}, {403, "it refused: 403"}, {404, "it refused: 404"},
        {408, "it refused: 408"}, {409, "it refused: 409"}, {429, "it refused: 429"}, {500, "it refused: 500"},
        {502, "it refused: 502"}, {503, "it refused: 503"}, {504, "it refused: 504"}, {507, "it refused: 507"},
    };
    double status = value_of(finding, "refused_status");

    for (size_t i = 0; i < sizeof phrases / sizeof phrases[0]; i++) {
        if (phrases[i].status == status) {
            return phrases[i].phrase;
        }
    }
    return "it refused requests";
}

static const char *phrase_of(enum cause cause, const struct cause_finding *finding)
{
    static const char *const phrases[CAUSE_COUNT] = {
        [CAUSE_CPU] = "its cores were saturated",
        [CAUSE_QUOTA] = "a CPU quota, or an affinity, kept it from its cores",
        [CAUSE_ONE_THREAD] = "one thread was saturated",
        [CAUSE_WAITING] = "it waited with CPU to spare, as on a lock or a pool",
        [CAUSE_MEMORY] = "it held too much memory",
        [CAUSE_BACKLOG] = "its accept queue overflowed",
        [CAUSE_FILE_DESCRIPTORS] = "it ran out of file descriptors",
        [CAUSE_CRASH] = "its process ended",
        [CAUSE_SHEDDING] = "it refused requests",
        [CAUSE_PAUSE] = "it paused at regular distances, as for collecting garbage, a disk or the clock",
        [CAUSE_STOPPED] = "its processes were stopped from outside",
        [CAUSE_NETWORK] = "the network lost what it sent, as a link does whose rate is used up",
        [CAUSE_FOREIGN_WORK] = "others worked on its cores",
        [CAUSE_GENERATOR] = "the load generator was the limit",
    };
    if (cause == CAUSE_DEPENDENCY) {
        return dependency_phrase(finding);
    }
    if (cause == CAUSE_SHEDDING) {
        return shedding_phrase(finding);
    }
    if (cause == CAUSE_QUOTA && (has(finding, "throttled_share") || has(finding, "throttled_periods_share"))) {
        return "its CPU quota was used up";
    }
    if (cause == CAUSE_WAITING && finding->crowded) {
        return "it waited, as on a lock or a pool, while others kept its cores busy";
    }
    if (cause == CAUSE_WAITING && finding->serial) {
        return "it let one request through after another, as a lock does";
    }
    if (cause == CAUSE_NETWORK && value_of(finding, "link_share") >= HOST_USAGE_SATURATED) {
        return "the rate of its network link was used up";
    }
    if (cause == CAUSE_CPU && finding->queued) {
        return "requests queued for its CPU";
    }
    if (cause == CAUSE_ONE_THREAD && finding->queued) {
        return "requests queued for its one thread";
    }
    return phrases[cause];
}

const char *reason_cause(const struct step_finding *step)
{
    return phrase_of(cause_of(step), &step->cause);
}

const char *reason_cause_or_none(const struct step_finding *step)
{
    const char *cause = reason_cause(step);
    bool watched = cause_of(step) != CAUSE_NOT_WATCHED;
    const char *none = watched ? "the figures name no cause" : "cause: not watched; give --watch";
    return cause != NULL ? cause : none;
}

const char *reason_second(const struct step_finding *step)
{
    return phrase_of(step->cause.second, &step->cause);
}

/* The keys of the figures that are told of the step's cause. */
static const char *const *told_of(const struct step_finding *step)
{
    enum cause cause = cause_of(step);

    if (step->cause.queued && (cause == CAUSE_CPU || cause == CAUSE_ONE_THREAD)) {
        return told_queued;
    }
    if (step->cause.slow && cause == CAUSE_DEPENDENCY) {
        return told_slow;
    }
    return told[cause];
}

void reason_evidence(struct text *out, const struct step_finding *step)
{
    const struct cause_finding *finding = &step->cause;
    const char *const *keys = told_of(step);
    size_t told_count = 0;

    for (size_t i = 0; i < TOLD_MOST && keys[i] != NULL; i++) {
        for (size_t k = 0; k < finding->evidence_count; k++) {
            if (strcmp(finding->evidence[k].key, keys[i]) == 0) {
                figures_separate(out, told_count++, ", ");
                evidence_phrase_add(out, &finding->evidence[k]);
            }
        }
    }
}

const char *reason_invalidity(enum invalidity invalidity)
{
    static const char *const words[INVALIDITY_COUNT] = {
        [INVALID_SEND_LAG] = "requests left late",
        [INVALID_GENERATOR_BUSY] = "a generator thread was saturated",
        [INVALID_STARVED] = "a generator thread was kept from its core",
        [INVALID_OPENING] = "connections were still being opened",
        [INVALID_UNSENT] = "requests stayed unsent",
        [INVALID_FOREIGN] = "other programs held its cores",
        [INVALID_NO_REQUESTS] = "no request was due",
        [INVALID_LITTLE] = "counts and times contradict Little's law",
        [INVALID_DEPENDENCY] = "what it needs failed",
        [INVALID_DENIED] = "this machine had no descriptor or port left",
        [INVALID_STOOD_STILL] = "a generator thread was stopped",
        [INVALID_TURNED_AWAY] = "there was no room for more sessions",
        [INVALID_LATE_START] = "a generator began late",
        [INVALID_READ_LATE] = "messages were read late",
        [INVALID_CLOCK_SET] = "the wall clock was set",
    };
    return words[invalidity];
}

void reason_invalid(struct text *out, const struct step_verdict *verdict)
{
    size_t count = 0, index = 0;

    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        count += verdict->invalid[i];
    }
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        if (!verdict->invalid[i]) {
            continue;
        }
        figures_comma(out, index++, count);
        if (i == INVALID_DEPENDENCY && dependency_faults_any(&verdict->faults)) {
            dependency_faults_phrase(out, &verdict->faults);
        } else {
            const char *host = verdict->blamed[i];
            text_format(out, "%s%s%s", reason_invalidity((enum invalidity)i), host != NULL ? " on " : "",
                        host != NULL ? host : "");
        }
    }
}

void reason_invalid_in_brackets(struct text *out, const struct step_verdict *verdict)
{
    struct text why = {0};

    reason_invalid(&why, verdict);
    if (why.length > 0) {
        text_format(out, " (%s)", why.data);
    }
    text_release(&why);
}

void reason_absence(struct text *out, const struct backend_finding *backend)
{
    if (backend == NULL) {
        text_add(out, "not in this run");
    } else if (backend->record->skipped != NULL) {
        text_format(out, "took no part: %s", backend->record->skipped);
    } else if (backend->step_count == 0) {
        text_add(out, trial_phrase_failed(out, backend) ? "" : "no step was run");
    } else if (backend->nothing_right) {
        text_add(out, "no response was right");
    } else if (!backend->holds && !backend->breaks) {
        text_add(out, "no valid step");
    }
}
