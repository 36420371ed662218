#include "analysis/cause/cause.h"

#include "analysis/cause/backlog.h"
#include "analysis/cause/evidence.h"
#include "analysis/cause/symptoms.h"

#include <assert.h>
#include <signal.h>

/* From which share of a core on a core or a thread counts as full: sampling and the kernel's own work leave a rest. */
#define FULL_SHARE 0.90

/* Cores are full as well where so much of them is gone, and the service itself used at least so much. */
#define BUSY_LEAST 0.95
#define OWN_LEAST  0.5

/* Below this share of its cores a service is waiting for something else than CPU. */
#define IDLE_SHARE 0.70

/* Nor is it waiting for something else while its threads wait for a core for more than this share of the time. */
#define DELAY_MOST 0.10

/* In a dependency, the time of the service's requests passed there from this share of it on; from half of it on it may
 * have as well. */
#define THERE_SHARE 0.75
#define PART_SHARE  0.5

/* A pool whose sessions were at work for this share of the time was full; a database whose sessions at work waited for
 * half of theirs, inside of it, was what kept them. */
#define POOL_FULL    0.9
#define KEPT_WAITING 0.5

/* Requests queued for CPU where it was busy for at least this share of the time, and queueing comes to at least that
 * share of the time that they took. */
#define QUEUED_LEAST    0.3
#define EXPLAINED_LEAST 0.5

/* Threads that worked and waited for a core for less than this share of the time slept for the rest. */
#define SLEPT_BELOW 0.8

/* Memory that rose by more than this over the measured part was growing. */
#define GROWN 1.10

/* Standing still by a quota for more of the time than this; swapping more pages than this. */
#define THROTTLED_MOST 0.1
#define SWAPPED_MOST   256

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

/* CPU by whom: the service's own count, or its cores full with it as the one who works there: packets that the kernel
 * receives on them, and what the hypervisor takes away, are as gone as what it uses itself. Cores that its threads
 * waited for need not be quite as full. */
static bool cores_full(const struct host_usage *host, unsigned cores)
{
    double own_share = host->service_cores / cores;
    double gone = host->service_cores_busy + host->service_steal_cores / cores;
    bool waited_for = gone >= FULL_SHARE && host->run_delay_share > DELAY_MOST;
    return own_share >= FULL_SHARE || ((gone >= BUSY_LEAST || waited_for) && own_share >= OWN_LEAST);
}

static bool cpu_full(const struct symptoms *symptoms)
{
    return cores_full(&symptoms->host, symptoms->cores) || cores_full(&symptoms->breaking, symptoms->cores) ||
           cores_full(&symptoms->raised, symptoms->cores) || symptoms->host.throttled_share > THROTTLED_MOST;
}

static bool thread_full(const struct symptoms *symptoms)
{
    return symptoms->host.busiest_thread_share >= FULL_SHARE || symptoms->breaking.busiest_thread_share >= FULL_SHARE ||
           symptoms->raised.busiest_thread_share >= FULL_SHARE;
}

static bool memory_first(const struct step_verdict *verdict)
{
    enum limit first = verdict->breach_count > 0 ? verdict->breaches[0].limit : LIMIT_COUNT;
    return first == LIMIT_MEMORY || first == LIMIT_GROWTH;
}

static bool memory_grew(const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->host;
    return memory_first(symptoms->verdict) && (double)host->rss_peak_bytes > GROWN * (double)host->rss_first_bytes;
}

/* Pages of the service itself were out, and pages went in or out while it was measured. */
static bool swapped(const struct symptoms *symptoms)
{
    return symptoms->step->memory.swap_bytes > 0 && symptoms->host.swapped_pages > SWAPPED_MOST;
}

/* Nothing may be left to open. A server that then closes the connection at once holds one fewer when it is looked at.
 */
static bool descriptors_full(const struct symptoms *symptoms)
{
    return symptoms->host.descriptor_limit > 0 &&
           symptoms->host.descriptors_most + 1 >= symptoms->host.descriptor_limit;
}

/* Whether time is what was lacking, rather than right answers: only then can something have been waited for. */
static bool late(const struct step_record *step, const struct step_verdict *verdict)
{
    const struct tally *tally = &step->load.tally;
    uint64_t late =
        tally->failures[FAILURE_TIMEOUT] + tally->failures[FAILURE_UNANSWERED] + tally->failures[FAILURE_UNSENT];

    for (size_t i = 0; i < verdict->breach_count; i++) {
        if (verdict->breaches[i].limit == LIMIT_LATENCY || verdict->breaches[i].limit == LIMIT_QUEUE) {
            return true;
        }
    }
    return 2 * late > tally_failed(tally);
}

/* On cores of its own it was full, or one of its threads was. On the service's, these were full and most of it was its
 * work: the service would have had room without it. */
static bool dependency_full(const struct symptoms *symptoms)
{
    const struct dependency_host_usage *dependency = &symptoms->dependency;

    if (dependency->name == NULL) {
        return false;
    }
    if (!dependency->shared) {
        return dependency->cores_share >= FULL_SHARE || dependency->busiest_thread_share >= FULL_SHARE;
    }
    return symptoms->host.service_cores_busy >= FULL_SHARE && dependency->cores > symptoms->host.service_cores;
}

/* Answers were late, and the service did not work itself. */
static bool idle_and_late(const struct symptoms *symptoms)
{
    return symptoms->host.service_cores < IDLE_SHARE * symptoms->cores && late(symptoms->step, symptoms->verdict);
}

static bool time_passed_there(const struct symptoms *symptoms)
{
    return symptoms->at.name != NULL && symptoms->at.time_share >= THERE_SHARE;
}

/* Sessions that wait inside the database would not be helped by more of them. */
static bool sessions_kept(const struct symptoms *symptoms)
{
    const struct dependency_usage *at = &symptoms->at;
    double waiting = at->sessions_on_locks + at->sessions_on_inner + at->sessions_on_disk;

    return at->name != NULL && at->sessions > 0 && at->sessions_active >= POOL_FULL * at->sessions &&
           waiting >= KEPT_WAITING * at->sessions_active;
}

static bool dependency_slow(const struct symptoms *symptoms)
{
    return idle_and_late(symptoms) && (time_passed_there(symptoms) || sessions_kept(symptoms));
}

/* CPU was not full on average, but requests came at random, and their time is what queueing for it comes to. */
static bool queued(const struct symptoms *symptoms)
{
    return symptoms->queue.busy_share >= QUEUED_LEAST && symptoms->queue.expected_share >= EXPLAINED_LEAST &&
           late(symptoms->step, symptoms->verdict) && !time_passed_there(symptoms);
}

static bool thread_queued(const struct symptoms *symptoms)
{
    return symptoms->cores > 1 && symptoms->queue.one_thread && queued(symptoms);
}

static bool cpu_queued(const struct symptoms *symptoms)
{
    return queued(symptoms) && !thread_queued(symptoms);
}

/* Not quite full, and yet too busy to accept what came. */
static bool thread_too_busy(const struct symptoms *symptoms)
{
    return symptoms->cores > 1 && symptoms->queue.one_thread && backlog_of_busy_service(symptoms) &&
           !cpu_full(symptoms) && !thread_full(symptoms);
}

static bool cpu_too_busy(const struct symptoms *symptoms)
{
    return backlog_of_busy_service(symptoms) && !cpu_full(symptoms) && !thread_full(symptoms) &&
           !thread_too_busy(symptoms);
}

/* Its threads hardly waited for a core, or did and still slept for a good part of the time with requests in their
 * hands. */
static bool slept(const struct host_usage *host, unsigned cores)
{
    return host->run_delay_share < DELAY_MOST || host->service_cores + host->run_delay_share < SLEPT_BELOW * cores;
}

/* For something in itself, as far as anybody knows. */
static bool waited(const struct symptoms *symptoms)
{
    return idle_and_late(symptoms) && slept(&symptoms->host, symptoms->cores) && !time_passed_there(symptoms) &&
           !queued(symptoms);
}

static bool dependency_part(const struct symptoms *symptoms)
{
    return idle_and_late(symptoms) && symptoms->at.name != NULL && symptoms->at.time_share >= PART_SHARE;
}

/* The stronger evidence first: a count that cannot be otherwise before a share, a share that is full before one that is
 * empty. */
static const struct candidate {
    enum cause cause;
    bool (*found)(const struct symptoms *symptoms);
} candidates[] = {
    {CAUSE_MEMORY, memory_grew},
    {CAUSE_FILE_DESCRIPTORS, descriptors_full},
    {CAUSE_MEMORY, swapped},
    {CAUSE_DEPENDENCY, dependency_full},
    {CAUSE_CPU, cpu_full},
    {CAUSE_ONE_THREAD, thread_full},
    {CAUSE_CPU, cpu_too_busy},
    {CAUSE_ONE_THREAD, thread_too_busy},
    {CAUSE_BACKLOG, backlog_in_proportion},
    {CAUSE_DEPENDENCY, dependency_slow},
    {CAUSE_CPU, cpu_queued},
    {CAUSE_ONE_THREAD, thread_queued},
    {CAUSE_WAITING, waited},
    {CAUSE_DEPENDENCY, dependency_part},
};

#define CANDIDATES (sizeof candidates / sizeof candidates[0])

static bool not_full(const struct candidate *candidate)
{
    bool busy = candidate->found == cpu_too_busy || candidate->found == thread_too_busy;
    return busy || candidate->found == cpu_queued || candidate->found == thread_queued;
}

static void name_causes(const struct symptoms *symptoms, struct cause_finding *finding)
{
    if (symptoms->step->death.died) {
        bool killed = symptoms->step->death.signal == SIGKILL && symptoms->host.oom_kills > 0;
        finding->cause = killed ? CAUSE_MEMORY : CAUSE_CRASH;
        return;
    }
    if (!symptoms->host.known || (memory_first(symptoms->verdict) && !memory_grew(symptoms))) {
        return;
    }
    for (size_t i = 0; i < CANDIDATES && finding->second == CAUSE_UNKNOWN; i++) {
        enum cause cause = candidates[i].cause;
        bool told = cause == finding->cause || (finding->cause == CAUSE_CPU && cause == CAUSE_ONE_THREAD);
        if (!told && candidates[i].found(symptoms)) {
            *(finding->cause == CAUSE_UNKNOWN ? &finding->cause : &finding->second) = cause;
            finding->queued = finding->queued || not_full(&candidates[i]);
            finding->slow = finding->slow || (cause == CAUSE_DEPENDENCY && candidates[i].found != dependency_full);
        }
    }
}

static void show_death(struct cause_finding *finding, const struct death *death)
{
    if (death->died) {
        evidence_add(finding, death->signal != 0 ? "signal" : "exit_code",
                     death->signal != 0 ? death->signal : death->exit_code);
    }
}

/* The moments that the cause was read from, where the whole step does not show it. */
static void show_moments(struct cause_finding *finding, const struct symptoms *symptoms)
{
    if (symptoms->raised.known) {
        evidence_add(finding, "raised_cpu_share", symptoms->raised.service_cores / symptoms->cores);
    } else if (cores_full(&symptoms->breaking, symptoms->cores) && !cores_full(&symptoms->host, symptoms->cores)) {
        evidence_add(finding, "breaking_cpu_share", symptoms->breaking.service_cores / symptoms->cores);
    } else if (symptoms->breaking.busiest_thread_share >= FULL_SHARE &&
               symptoms->host.busiest_thread_share < FULL_SHARE) {
        evidence_add(finding, "breaking_thread_share", symptoms->breaking.busiest_thread_share);
    }
}

static void show_queue(struct cause_finding *finding, const struct symptoms *symptoms)
{
    if (finding->queued) {
        evidence_add(finding, "queue_busy_share", symptoms->queue.busy_share);
    }
    if (finding->queued && symptoms->queue.expected_share >= EXPLAINED_LEAST) {
        evidence_add(finding, "queueing_expected_ns", symptoms->queue.expected_ns);
        evidence_add(finding, "response_mean_ns", histogram_mean(&symptoms->step->load.response));
    }
}

static void show_counts(struct cause_finding *finding, const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->host;
    const struct {
        const char *key;
        uint64_t value;
        bool shown;
    } counts[] = {
        {"listen_overflows", host->listen_overflows, host->listen_overflows > 0},
        {"listen_queue_peak", host->accept_queue_peak, backlog_full(symptoms)},
        {"descriptors_open", host->descriptors_most, descriptors_full(symptoms)},
        {"descriptor_limit", host->descriptor_limit, descriptors_full(symptoms)},
        {"oom_kills", host->oom_kills, host->oom_kills > 0},
        {"swap_bytes", symptoms->step->memory.swap_bytes, swapped(symptoms)},
        {"tcp_retransmits", host->retransmits, host->retransmits > 0},
    };

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        if (counts[i].shown) {
            evidence_add(finding, counts[i].key, (double)counts[i].value);
        }
    }
}

static bool by_generator(const struct step_verdict *verdict)
{
    return verdict->invalid[INVALID_SEND_LAG] || verdict->invalid[INVALID_GENERATOR_BUSY] ||
           verdict->invalid[INVALID_STARVED] || verdict->invalid[INVALID_UNSENT];
}

void cause_find(const struct step_record *step, const struct step_verdict *verdict, unsigned service_core_count,
                struct cause_finding *ret_finding)
{
    struct symptoms symptoms;
    struct cause_finding finding = {.cause = CAUSE_UNKNOWN};

    if (verdict->verdict == VERDICT_INVALID) {
        finding.cause = by_generator(verdict) ? CAUSE_GENERATOR : CAUSE_UNKNOWN;
        *ret_finding = finding;
        return;
    }
    symptoms_gather(&symptoms, step, verdict, service_core_count);
    name_causes(&symptoms, &finding);
    show_death(&finding, &step->death);
    if (symptoms.host.known && memory_first(verdict)) {
        evidence_add(&finding, "rss_first_bytes", (double)symptoms.host.rss_first_bytes);
        evidence_add(&finding, "rss_peak_bytes", (double)symptoms.host.rss_peak_bytes);
    }
    if (symptoms.host.known) {
        evidence_of_cpu(&finding, &symptoms);
        show_moments(&finding, &symptoms);
        show_queue(&finding, &symptoms);
        evidence_of_dependency(&finding, &symptoms.at);
        show_counts(&finding, &symptoms);
    }
    *ret_finding = finding;
}
