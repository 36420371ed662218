#include "analysis/cause.h"

#include <assert.h>

/* From which share of a core on a core or a thread counts as full: sampling and the kernel's own work leave a rest. */
#define FULL_SHARE 0.90

/* Below this share of its cores a service is waiting for something else than CPU. */
#define IDLE_SHARE 0.70

/* Nor is it waiting for something else while its threads wait for a core for more than this share of the time. */
#define DELAY_MOST 0.10

/* Memory that rose by more than this over the measured part was growing. */
#define GROWN 1.10

const char *cause_name(enum cause cause)
{
    static const char *const names[CAUSE_COUNT] = {
        [CAUSE_UNKNOWN] = "unknown",       [CAUSE_CPU] = "cpu",
        [CAUSE_ONE_THREAD] = "one-thread", [CAUSE_WAITING] = "waiting",
        [CAUSE_DEPENDENCY] = "dependency", [CAUSE_MEMORY] = "memory",
        [CAUSE_BACKLOG] = "backlog",       [CAUSE_DESCRIPTORS] = "descriptors",
        [CAUSE_CRASH] = "crash",           [CAUSE_GENERATOR] = "generator",
    };
    assert(cause < CAUSE_COUNT);
    return names[cause];
}

static void show(struct cause_finding *finding, const char *key, double value)
{
    if (finding->evidence_count < EVIDENCE_MOST) {
        finding->evidence[finding->evidence_count++] = (struct evidence){.key = key, .value = value};
    }
}

/* CPU by whom: the service's own count, or its cores full with it as the one who works there. */
static bool cores_full(const struct load_on_host *host, unsigned cores)
{
    double own_share = host->service_cores / cores;
    return own_share >= FULL_SHARE || (host->service_cores_busy >= 0.95 && own_share >= 0.5);
}

static bool memory_first(const struct step_verdict *verdict)
{
    return verdict->breach_count > 0 && verdict->breaches[0].limit == LIMIT_MEMORY;
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

static enum cause name_cause(const struct step_record *step, const struct step_verdict *verdict,
                             const struct load_on_host *host, unsigned cores)
{
    if (step->death.died) {
        return CAUSE_CRASH;
    }
    if (!host->known) {
        return CAUSE_UNKNOWN;
    }
    if (memory_first(verdict)) {
        return (double)host->rss_peak_bytes > GROWN * (double)host->rss_first_bytes ? CAUSE_MEMORY : CAUSE_UNKNOWN;
    }
    if (cores_full(host, cores)) {
        return CAUSE_CPU;
    }
    if (host->busiest_thread_share >= FULL_SHARE) {
        return CAUSE_ONE_THREAD;
    }
    if (host->listen_overflows > 0) {
        return CAUSE_BACKLOG;
    }
    bool idle = host->service_cores < IDLE_SHARE * cores && host->run_delay_share < DELAY_MOST;
    return idle && late(step, verdict) ? CAUSE_WAITING : CAUSE_UNKNOWN;
}

void cause_find(const struct step_record *step, const struct step_verdict *verdict, unsigned service_core_count,
                struct cause_finding *ret_finding)
{
    struct cause_finding finding = {.cause = CAUSE_UNKNOWN};
    struct load_on_host host;

    load_on_host(step, service_core_count, &host);
    finding.cause = name_cause(step, verdict, &host, service_core_count);
    if (finding.cause == CAUSE_CRASH) {
        show(&finding, step->death.signal != 0 ? "signal" : "exit_code",
             step->death.signal != 0 ? step->death.signal : step->death.exit_code);
    }
    if (host.known && memory_first(verdict)) {
        show(&finding, "rss_first_bytes", (double)host.rss_first_bytes);
        show(&finding, "rss_peak_bytes", (double)host.rss_peak_bytes);
    }
    if (host.known) {
        show(&finding, "service_cpu_share", host.service_cores / service_core_count);
        show(&finding, "service_cores_busy_share", host.service_cores_busy);
        show(&finding, "busiest_thread_share", host.busiest_thread_share);
        show(&finding, "run_delay_share", host.run_delay_share);
    }
    if (host.listen_overflows > 0) {
        show(&finding, "listen_overflows", (double)host.listen_overflows);
    }
    if (host.retransmits > 0) {
        show(&finding, "tcp_retransmits", (double)host.retransmits);
    }
    *ret_finding = finding;
}
