#include "analysis/cause/cause.h"

#include "analysis/cause/backlog.h"
#include "analysis/cause/symptoms.h"

#include <assert.h>
#include <signal.h>

/* A service that uses less than this share of its cores is waiting for something other than CPU. */
#define IDLE_SHARE 0.70

/* From the first share of its time on, a request passed it in the dependency; from the second on, it may have. */
#define THERE_SHARE 0.75
#define PART_SHARE  0.5

/* A database kept its sessions when this share of the active ones waited inside it. */
#define KEPT_WAITING 0.5

/* Requests queue for CPU only where it was busy for at least this share of the time. */
#define QUEUED_LEAST 0.3

/* Threads that worked or waited for a core for less than this share of the time slept for the rest. */
#define SLEPT_BELOW 0.8

/* Memory whose peak is above so many times its first reading grew. */
#define GROWN 1.10

const char *cause_name(enum cause cause)
{
    static const char *const names[CAUSE_COUNT] = {
        [CAUSE_UNKNOWN] = "unknown",       [CAUSE_CPU] = "cpu",
        [CAUSE_ONE_THREAD] = "one-thread", [CAUSE_WAITING] = "waiting",
        [CAUSE_DEPENDENCY] = "dependency", [CAUSE_MEMORY] = "memory",
        [CAUSE_BACKLOG] = "backlog",       [CAUSE_FILE_DESCRIPTORS] = "file-descriptors",
        [CAUSE_CRASH] = "crash",           [CAUSE_GENERATOR] = "generator",
    };
    assert(cause < CAUSE_COUNT);
    return names[cause];
}

/* --- memory ------------------------------------------------------------------------------------------------------ */

static bool memory_grew(const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;
    return symptoms_memory_broke_first(symptoms) &&
           (double)host->rss_peak_bytes > GROWN * (double)host->rss_first_bytes;
}

/* --- CPU --------------------------------------------------------------------------------------------------------- */

static bool cpu_saturated(const struct symptoms *symptoms)
{
    const struct step_usage *usage = symptoms->usage;
    return host_usage_cores_saturated(&usage->host, usage->cores) ||
           host_usage_cores_saturated(&symptoms->breaking, usage->cores) ||
           host_usage_cores_saturated(&symptoms->spike, usage->cores) || host_usage_throttled(&usage->host);
}

static bool thread_saturated(const struct symptoms *symptoms)
{
    return host_usage_thread_saturated(&symptoms->usage->host) || host_usage_thread_saturated(&symptoms->breaking) ||
           host_usage_thread_saturated(&symptoms->spike);
}

/* Not quite saturated, and yet too busy to accept what came. */
static bool thread_too_busy(const struct symptoms *symptoms)
{
    return symptoms->usage->cores > 1 && symptoms->queueing.one_thread && backlog_of_busy_service(symptoms) &&
           !cpu_saturated(symptoms) && !thread_saturated(symptoms);
}

static bool cpu_too_busy(const struct symptoms *symptoms)
{
    return backlog_of_busy_service(symptoms) && !cpu_saturated(symptoms) && !thread_saturated(symptoms) &&
           !thread_too_busy(symptoms);
}

/* --- time -------------------------------------------------------------------------------------------------------- */

/* Whether time was lacking rather than right responses: only then can something have been waited for. */
static bool late(const struct symptoms *symptoms)
{
    const struct tally *tally = &symptoms->step->load.tally;
    const struct step_verdict *verdict = symptoms->verdict;
    uint64_t late_count =
        tally->failures[FAILURE_TIMEOUT] + tally->failures[FAILURE_UNANSWERED] + tally->failures[FAILURE_UNSENT];

    for (size_t i = 0; i < verdict->breach_count; i++) {
        if (verdict->breaches[i].limit == LIMIT_LATENCY || verdict->breaches[i].limit == LIMIT_QUEUE) {
            return true;
        }
    }
    return 2 * late_count > tally_failed(tally);
}

/* Responses were late, and the service did not work itself. */
static bool idle_and_late(const struct symptoms *symptoms)
{
    const struct step_usage *usage = symptoms->usage;
    return usage->host.service_cores < IDLE_SHARE * usage->cores && late(symptoms);
}

static bool dependency_saturated(const struct symptoms *symptoms)
{
    return step_usage_dependency_saturated(symptoms->usage);
}

static bool time_passed_there(const struct symptoms *symptoms)
{
    const struct dependency_usage *dependency = &symptoms->usage->dependency;
    return dependency->name != NULL && dependency->time_share >= THERE_SHARE;
}

/* More sessions would not help those that wait inside the database. */
static bool sessions_kept(const struct symptoms *symptoms)
{
    const struct dependency_usage *dependency = &symptoms->usage->dependency;
    double waiting = dependency->sessions_on_locks + dependency->sessions_on_inner + dependency->sessions_on_disk;

    return dependency->name != NULL && dependency->sessions > 0 &&
           dependency->sessions_active >= STEP_USAGE_POOL_EXHAUSTED * dependency->sessions &&
           waiting >= KEPT_WAITING * dependency->sessions_active;
}

static bool dependency_slow(const struct symptoms *symptoms)
{
    return idle_and_late(symptoms) && (time_passed_there(symptoms) || sessions_kept(symptoms));
}

static bool dependency_partly(const struct symptoms *symptoms)
{
    const struct dependency_usage *dependency = &symptoms->usage->dependency;
    return idle_and_late(symptoms) && dependency->name != NULL && dependency->time_share >= PART_SHARE;
}

/* CPU was not saturated on average, but requests came at random, and queueing for it explains their time. */
static bool queued(const struct symptoms *symptoms)
{
    return symptoms->queueing.busy_share >= QUEUED_LEAST && cpu_queueing_explains(&symptoms->queueing) &&
           late(symptoms) && !time_passed_there(symptoms);
}

static bool thread_queued(const struct symptoms *symptoms)
{
    return symptoms->usage->cores > 1 && symptoms->queueing.one_thread && queued(symptoms);
}

static bool cpu_queued(const struct symptoms *symptoms)
{
    return queued(symptoms) && !thread_queued(symptoms);
}

/* Its threads hardly waited for a core, or did and still slept for a good part of the time with requests to serve. */
static bool slept(const struct step_usage *usage)
{
    const struct host_usage *host = &usage->host;
    return !host_usage_waits_for_cores(host) ||
           host->service_cores + host->run_delay_share < SLEPT_BELOW * usage->cores;
}

/* For something within the service, as far as anybody knows. */
static bool waited(const struct symptoms *symptoms)
{
    return idle_and_late(symptoms) && slept(symptoms->usage) && !time_passed_there(symptoms) && !queued(symptoms);
}

/* --- causes ------------------------------------------------------------------------------------------------------ */

/* The stronger evidence first: a count that cannot be otherwise before a share, a share of something saturated before
 * one of something idle. */
static const struct candidate {
    bool (*found)(const struct symptoms *symptoms);
    enum cause cause;
    bool waited_for; /* it was not saturated: requests queued for it, or the service waited for it */
} candidates[] = {
    {memory_grew, CAUSE_MEMORY, false},
    {symptoms_file_descriptors_exhausted, CAUSE_FILE_DESCRIPTORS, false},
    {symptoms_swapped, CAUSE_MEMORY, false},
    {dependency_saturated, CAUSE_DEPENDENCY, false},
    {cpu_saturated, CAUSE_CPU, false},
    {thread_saturated, CAUSE_ONE_THREAD, false},
    {cpu_too_busy, CAUSE_CPU, true},
    {thread_too_busy, CAUSE_ONE_THREAD, true},
    {backlog_in_proportion, CAUSE_BACKLOG, false},
    {dependency_slow, CAUSE_DEPENDENCY, true},
    {cpu_queued, CAUSE_CPU, true},
    {thread_queued, CAUSE_ONE_THREAD, true},
    {waited, CAUSE_WAITING, false},
    {dependency_partly, CAUSE_DEPENDENCY, true},
};

#define CANDIDATES (sizeof candidates / sizeof candidates[0])

/* Where all cores are saturated, it says nothing more that one thread is. */
static bool is_named(const struct cause_finding *finding, enum cause cause)
{
    return cause == finding->cause || (finding->cause == CAUSE_CPU && cause == CAUSE_ONE_THREAD);
}

static void name_cause(struct cause_finding *finding, const struct candidate *candidate)
{
    if (finding->cause == CAUSE_UNKNOWN) {
        finding->cause = candidate->cause;
    } else {
        finding->second = candidate->cause;
    }
    if (candidate->waited_for && candidate->cause == CAUSE_DEPENDENCY) {
        finding->slow = true;
    } else if (candidate->waited_for) {
        finding->queued = true;
    }
}

static void name_causes(const struct symptoms *symptoms, struct cause_finding *finding)
{
    const struct death *death = &symptoms->step->death;
    const struct host_usage *host = &symptoms->usage->host;

    if (death->died) {
        finding->cause = death->signal == SIGKILL && host->oom_kills > 0 ? CAUSE_MEMORY : CAUSE_CRASH;
        return;
    }
    if (!host->known || (symptoms_memory_broke_first(symptoms) && !memory_grew(symptoms))) {
        return;
    }
    for (size_t i = 0; i < CANDIDATES && finding->second == CAUSE_UNKNOWN; i++) {
        if (!is_named(finding, candidates[i].cause) && candidates[i].found(symptoms)) {
            name_cause(finding, &candidates[i]);
        }
    }
}

static bool by_generator(const struct step_verdict *verdict)
{
    return verdict->invalid[INVALID_SEND_LAG] || verdict->invalid[INVALID_GENERATOR_BUSY] ||
           verdict->invalid[INVALID_STARVED] || verdict->invalid[INVALID_UNSENT];
}

void cause_find(const struct step_record *step, const struct step_verdict *verdict, const struct step_usage *usage,
                struct cause_finding *ret_finding)
{
    struct cause_finding finding = {.cause = CAUSE_UNKNOWN};

    if (verdict->verdict != VERDICT_INVALID) {
        struct symptoms symptoms;
        symptoms_gather(&symptoms, step, verdict, usage);
        name_causes(&symptoms, &finding);
        evidence_gather(&finding, &symptoms);
    } else if (by_generator(verdict)) {
        finding.cause = CAUSE_GENERATOR;
    }
    *ret_finding = finding;
}
