/* A bad moment that decides nothing: when it was, and what the host did then. */
#include "analysis/capacity/stalls.h"

#include "base/mem.h"
#include "log_builder.h"
#include "test.h"

#define MS     UINT64_C(1000000)
#define MIB    (UINT64_C(1) << 20)
#define AT(ms) (BUILT_FIRST_SAMPLE + (ms) / 100) /* the sample at that moment of the measured part */

/* A climb in which 1,000/s is above the limit for a moment, from 1.0 s on, and holds when it is run again. Returns the
 * bad step. */
static struct step_record *make_climb(struct run_log *log, bool sampled)
{
    struct step_builder bad, again;

    log_builder_init(log);
    log_builder_backend(log, "go");
    step_builder_init(&bad, 1000);
    step_builder_slow(&bad, 4, 6, bad.intervals[4].offered / 2, 75);
    bad.host.sampled = sampled;
    step_builder_init(&again, 1000);
    bad.index = again.index = 1;
    log_builder_climb(log, "go", 0, "p");
    log_builder_step(log, &bad);
    log_builder_step(log, &again)->attempt = 1;
    log_builder_climb(log, "go", 0, "ppp"); /* up to 2,000/s */
    return &log->steps[1];
}

/* Silent from 1.1 s on for 180 ms, and, which has nothing to do with it, once more at the end. */
static void fall_silent(struct step_record *step)
{
    struct stall_list *list = &step->load.stalls;

    step->load.detailed = true;
    list->stalls = mem_new(list->count = 2, sizeof *list->stalls);
    list->stalls[0] = (struct stall){.at_ns = 1100 * MS, .length_ns = 180 * MS};
    list->stalls[1] = (struct stall){.at_ns = 4000 * MS, .length_ns = 400 * MS};
}

TEST(a_stall_is_the_silence_that_its_late_requests_waited_for)
{
    struct run_log log;

    fall_silent(make_climb(&log, true));
    struct findings findings = log_builder_findings(&log);
    const struct backend_finding *go = &findings.backends[0];
    assert_int_equal(go->holds_at, 2000);
    assert_int_equal(go->stall_count, 1);
    assert_int_equal(go->stalls[0].level, 1000);
    assert_int_equal(go->stalls[0].limit, LIMIT_LATENCY);
    assert_int_equal(go->stalls[0].at_ns, 1100 * MS);
    assert_int_equal(go->stalls[0].length_ns, 180 * MS);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(without_silences_in_the_record_it_is_the_interval_and_the_longest_response)
{
    struct run_log log;

    make_climb(&log, true);
    struct findings findings = log_builder_findings(&log);
    const struct stall_finding *stall = &findings.backends[0].stalls[0];
    assert_int_equal(findings.backends[0].stall_count, 1);
    assert_int_equal(stall->at_ns, 1000 * MS);
    assert_int_equal(stall->length_ns, stall->step->record->load.response.max);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(what_the_host_did_is_read_between_the_readings_around_it)
{
    struct run_log log;
    struct step_record *step = make_climb(&log, true);

    fall_silent(step);
    step->samples[AT(1200)].cpu_ns = step->samples[AT(1300)].cpu_ns = step->samples[AT(1100)].cpu_ns;
    step->samples[AT(1200)].accept_queue = 37;
    step->samples[AT(1100)].accept_queue = 0;
    step->samples[AT(1000)].accept_queue = step->samples[AT(1400)].accept_queue = 99; /* before and after */
    for (size_t i = AT(1200); i < step->sample_count; i++) {
        step->samples[i].rss_bytes += 3 * MIB;
        step->samples[i].major_faults = 12;
    }
    struct findings findings = log_builder_findings(&log);
    const struct stall_host *host = &findings.backends[0].stalls[0].host;
    assert_true(host->known);
    assert_int_equal(host->from_ns, 1100 * MS);
    assert_int_equal(host->to_ns, 1300 * MS);
    assert_true(host->usage.service_cores == 0);
    assert_true(findings.backends[0].stalls[0].step->usage.host.service_cores > 0.7);
    assert_int_equal(host->usage.accept_queue_peak, 37);
    assert_int_equal(host->usage.major_faults, 12);
    assert_int_equal(host->memory_after_bytes - host->memory_before_bytes, 3 * MIB);
    assert_true(host->foreign_share > 0.35); /* somebody used the cores meanwhile */
    findings_release(&findings);
    run_log_release(&log);
}

TEST(what_was_not_read_is_not_known)
{
    struct run_log log;

    make_climb(&log, false);
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.backends[0].stall_count, 1);
    assert_false(findings.backends[0].stalls[0].host.known);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(what_only_a_cold_process_did_is_no_stall)
{
    struct run_log log;

    make_climb(&log, true);
    for (size_t i = 2; i < log.step_count; i++) {
        log.steps[i].phase = PHASE_WARM;
    }
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.backends[0].holds_at, 2000);
    assert_int_equal(findings.backends[0].stall_count, 0);
    findings_release(&findings);
    run_log_release(&log);
}
