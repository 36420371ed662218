#include "analysis/cause/cause.h"

#include "analysis/cause/backlog.h"
#include "analysis/cause/dependency_wait.h"
#include "analysis/cause/memory_pressure.h"
#include "analysis/cause/network.h"
#include "analysis/cause/saturation.h"
#include "analysis/cause/shedding.h"
#include "analysis/cause/stop.h"
#include "analysis/cause/symptoms.h"
#include "analysis/cause/waiting.h"

#include <assert.h>
#include <signal.h>

const char *cause_name(enum cause cause)
{
    static const char *const names[CAUSE_COUNT] = {
        [CAUSE_UNKNOWN] = "unknown",
        [CAUSE_CPU] = "cpu",
        [CAUSE_QUOTA] = "quota",
        [CAUSE_ONE_THREAD] = "one-thread",
        [CAUSE_WAITING] = "waiting",
        [CAUSE_DEPENDENCY] = "dependency",
        [CAUSE_MEMORY] = "memory",
        [CAUSE_BACKLOG] = "backlog",
        [CAUSE_FILE_DESCRIPTORS] = "file-descriptors",
        [CAUSE_SHEDDING] = "shedding",
        [CAUSE_PAUSE] = "pause",
        [CAUSE_STOPPED] = "stopped",
        [CAUSE_NETWORK] = "network",
        [CAUSE_FOREIGN_WORK] = "foreign-work",
        [CAUSE_CRASH] = "crash",
        [CAUSE_NOT_WATCHED] = "not-watched",
        [CAUSE_GENERATOR] = "generator",
    };
    assert(cause < CAUSE_COUNT);
    return names[cause];
}

/* What is only named where nothing else explains the step says nothing beside a cause that does; beside a full accept
 * queue or full descriptors it says what filled them. */
enum rank {
    RANK_OWN,  /* may stand beside another cause */
    RANK_REST, /* only alone, or beside what it filled */
};

/* The stronger evidence first: what was refused and what cannot be otherwise before a share, a share of something
 * saturated before one of something idle, and what fills a queue before the queue. */
static const struct candidate {
    bool (*found)(const struct symptoms *symptoms);
    enum cause cause;
    enum rank rank;
    bool serial;     /* see struct cause_finding */
    bool waited_for; /* it was not saturated: requests queued for it, or the service waited for it */
    bool unwatched;  /* it is read from the requests alone, whether the service's host was read or not */
} candidates[] = {
    {.found = memory_pressure_broke, .cause = CAUSE_MEMORY, .unwatched = true},
    {.found = shedding_found, .cause = CAUSE_SHEDDING, .unwatched = true},
    {.found = memory_pressure_killed, .cause = CAUSE_MEMORY},
    {.found = stop_found, .cause = CAUSE_STOPPED},
    {.found = saturation_of_quota, .cause = CAUSE_QUOTA},
    {.found = memory_pressure_paged, .cause = CAUSE_MEMORY},
    {.found = dependency_wait_saturated, .cause = CAUSE_DEPENDENCY},
    {.found = saturation_by_others, .cause = CAUSE_FOREIGN_WORK},
    {.found = saturation_of_descriptors, .cause = CAUSE_FILE_DESCRIPTORS},
    {.found = saturation_of_cores, .cause = CAUSE_CPU},
    {.found = saturation_of_thread, .cause = CAUSE_ONE_THREAD},
    {.found = symptoms_file_descriptors_exhausted, .cause = CAUSE_FILE_DESCRIPTORS},
    {.found = saturation_near_of_cores, .cause = CAUSE_CPU, .waited_for = true},
    {.found = saturation_near_of_thread, .cause = CAUSE_ONE_THREAD, .waited_for = true},
    {.found = backlog_in_proportion, .cause = CAUSE_BACKLOG},
    {.found = network_found, .cause = CAUSE_NETWORK, .rank = RANK_REST},
    {.found = symptoms_paused, .cause = CAUSE_PAUSE, .rank = RANK_REST, .unwatched = true},
    {.found = dependency_wait_slow, .cause = CAUSE_DEPENDENCY, .waited_for = true},
    {.found = waiting_for_cores, .cause = CAUSE_CPU, .rank = RANK_REST, .waited_for = true},
    {.found = waiting_for_thread, .cause = CAUSE_ONE_THREAD, .rank = RANK_REST, .waited_for = true},
    {.found = waiting_within, .cause = CAUSE_WAITING, .rank = RANK_REST},
    {.found = waiting_in_series, .cause = CAUSE_WAITING, .rank = RANK_REST, .serial = true},
    {.found = saturation_beside_others, .cause = CAUSE_FOREIGN_WORK},
    {.found = dependency_wait_partly, .cause = CAUSE_DEPENDENCY, .waited_for = true},
};

#define CANDIDATES (sizeof candidates / sizeof candidates[0])

static bool is_cpu(enum cause cause)
{
    return cause == CAUSE_CPU || cause == CAUSE_ONE_THREAD || cause == CAUSE_QUOTA;
}

/* Where all cores are saturated, it says nothing more that one thread is; where a quota keeps the service from them, or
 * others use them, its own use of what is left does not either. A stopped process lacks everything. */
static bool says_more(const struct cause_finding *finding, const struct candidate *candidate)
{
    switch (finding->cause) {
    case CAUSE_UNKNOWN:
        return true;
    case CAUSE_STOPPED:
        return false;
    case CAUSE_CPU:
    case CAUSE_QUOTA:
    case CAUSE_FOREIGN_WORK:
        return !is_cpu(candidate->cause) && candidate->cause != finding->cause && candidate->rank == RANK_OWN;
    case CAUSE_FILE_DESCRIPTORS:
    case CAUSE_BACKLOG:
        return candidate->cause != finding->cause;
    default:
        return candidate->cause != finding->cause && candidate->rank == RANK_OWN;
    }
}

static void name_cause(struct cause_finding *finding, const struct candidate *candidate)
{
    if (finding->cause == CAUSE_UNKNOWN) {
        finding->cause = candidate->cause;
    } else {
        finding->second = candidate->cause;
    }
    finding->serial = finding->serial || candidate->serial;
    if (candidate->waited_for && candidate->cause == CAUSE_DEPENDENCY) {
        finding->slow = true;
    } else if (candidate->waited_for) {
        finding->queued = true;
    }
}

/* How a process that somebody else started has ended is not known. */
static bool killed_for_memory(const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;
    const struct death *death = &symptoms->step->death;
    bool untold = death->signal == 0 && death->exit_code < 0;

    return (death->signal == SIGKILL && host->oom_kills > 0) ||
           ((death->signal == SIGKILL || untold) && host->group_oom_kills > 0);
}

/* What a watch has not read may have been the cause. */
static bool watched_whole(const struct host_usage *host)
{
    return host_usage_has(host, SAMPLE_CPU) && host_usage_has(host, SAMPLE_THREADS) &&
           host_usage_has(host, SAMPLE_GROUP);
}

static void name_causes(const struct symptoms *symptoms, struct cause_finding *finding)
{
    bool watched = symptoms->usage->host.known;

    if (symptoms->step->death.died) {
        finding->cause = killed_for_memory(symptoms) ? CAUSE_MEMORY : CAUSE_CRASH;
        return;
    }
    for (size_t i = 0; i < CANDIDATES && finding->second == CAUSE_UNKNOWN; i++) {
        const struct candidate *candidate = &candidates[i];
        if ((watched || candidate->unwatched) && says_more(finding, candidate) && candidate->found(symptoms)) {
            name_cause(finding, candidate);
        }
    }
    if (finding->cause == CAUSE_UNKNOWN && !watched_whole(&symptoms->usage->host)) {
        finding->cause = CAUSE_NOT_WATCHED;
    }
}

static bool by_generator(const struct step_verdict *verdict)
{
    return verdict->invalid[INVALID_SEND_LAG] || verdict->invalid[INVALID_GENERATOR_BUSY] ||
           verdict->invalid[INVALID_STARVED] || verdict->invalid[INVALID_UNSENT] || verdict->invalid[INVALID_DENIED] ||
           verdict->invalid[INVALID_STOOD_STILL] || verdict->invalid[INVALID_TURNED_AWAY] ||
           verdict->invalid[INVALID_LATE_START] || verdict->invalid[INVALID_READ_LATE];
}

void cause_find(const struct step_record *step, const struct step_verdict *verdict, const struct step_usage *usage,
                const struct cause_context *context, struct cause_finding *ret_finding)
{
    static const struct cause_context nothing;
    struct cause_finding finding = {.cause = CAUSE_UNKNOWN};
    struct symptoms symptoms = {.step = step,
                                .verdict = verdict,
                                .usage = usage,
                                .context = context != NULL ? context : &nothing};

    if (verdict->verdict != VERDICT_INVALID) {
        symptoms_gather(&symptoms);
        name_causes(&symptoms, &finding);
        finding.crowded = usage->host.known && saturation_by_anyone(&symptoms);
        evidence_gather(&finding, &symptoms);
    } else if (by_generator(verdict)) {
        finding.cause = CAUSE_GENERATOR;
    }
    *ret_finding = finding;
}
