/* Findings made again: under other limits, and from a run log that was written and read back. */
#include "analysis/findings.h"

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "judging.h"
#include "log_builder.h"
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- other limits ------------------------------------------------------------------------------------------------- */

/* Holds 1,000/s and breaks at 2,000/s under the scenario's limits, by 75 ms against 50. */
static void make_run(struct run_log *log)
{
    log_builder_init(log);
    log_builder_backend(log, "go");
    log_builder_climb(log, "go", 0, "ppbb");
}

TEST(other_limits_change_the_verdicts)
{
    const struct {
        const char *changes[3];
        uint64_t holds_at, breaks_at;
        enum limit first;
        bool other;
    } cases[] = {
        {{NULL}, 1000, 2000, LIMIT_LATENCY, false},
        {{"p99=200ms", NULL}, 4000, 0, LIMIT_COUNT, true},
        {{"p99=none", NULL}, 4000, 0, LIMIT_COUNT, true},
        {{"p50=100ms", NULL}, 4000, 0, LIMIT_COUNT, true},
        {{"p99=74ms", NULL}, 1000, 2000, LIMIT_LATENCY, true},
        {{"p99=3ms", NULL}, 0, 500, LIMIT_LATENCY, true},
        {{"memory=59MiB", NULL}, 0, 500, LIMIT_MEMORY, true},
        {{"errors=5%", NULL}, 1000, 2000, LIMIT_LATENCY, true},
        {{"p99=200ms", "memory=59MiB", NULL}, 0, 500, LIMIT_MEMORY, true},
        {{"p99=100ms", "p99=50ms", NULL}, 1000, 2000, LIMIT_LATENCY, false}, /* the last one counts */
        {{"p99=50ms", NULL}, 1000, 2000, LIMIT_LATENCY, false},              /* the scenario's own */
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run_log log;
        struct findings findings;
        struct error err = {0};
        make_run(&log);
        assert_int_equal(findings_make(&findings, &log, cases[i].changes, &err), 0);
        const struct backend_finding *go = &findings.backends[0];
        assert_int_equal(findings.other_limits, cases[i].other);
        assert_int_equal(go->holds_at, cases[i].holds_at);
        assert_int_equal(go->breaks_at, cases[i].breaks_at);
        if (go->first_break != NULL) {
            assert_int_equal(go->first_break->verdict.breaches[0].limit, cases[i].first);
        }
        findings_release(&findings);
        run_log_release(&log);
    }
}

TEST(the_limits_judged_by_are_those_of_the_findings)
{
    struct run_log log;
    struct findings findings;
    struct error err = {0};

    make_run(&log);
    assert_int_equal(findings_make(&findings, &log, (const char *const[]){"p99=70ms", "errors=1%", NULL}, &err), 0);
    const struct limits *limits = &findings.scenario.limits;
    assert_true(limits->percentile == 0.99 && limits->error_share == 0.01 && limits->throughput_share == 0.95);
    assert_int_equal(limits->latency_ns, 70 * MS);
    assert_true(findings.backends[0].first_break->verdict.breaches[0].allowed == 70e6);
    assert_string_equal(log.run.scenario_text, log_builder_scenario);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_limit_that_is_not_understood_is_an_input_error_and_leaves_nothing)
{
    const char *const wrong[] = {"p99", "p99=fast", "p98=50ms", "memory=0B", ""};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct run_log log;
        struct findings findings, untouched;
        struct error err = {0};
        make_run(&log);
        memset(&findings, 0x5a, sizeof findings);
        memset(&untouched, 0x5a, sizeof untouched);
        assert_int_equal(findings_make(&findings, &log, (const char *const[]){"errors=1%", wrong[i], NULL}, &err), -1);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.message, "limit \""));
        assert_memory_equal(&findings, &untouched, sizeof findings);
        run_log_release(&log);
    }
}

TEST(a_broken_scenario_inside_a_run_log_is_named)
{
    const struct {
        const char *text, *says;
    } cases[] = {
        {"", ":1: "},
        {"{\"schema\": 1,\n \"name\": \"catalog\"", ":2: "},
        {"{\"schema\": 2}", "schema"},
        {"{\"schema\": 1, \"name\": \"catalog\", \"colour\": 1}", "colour"},
        {"[]", "expected"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run_log log;
        struct findings findings;
        struct error err = {0};
        make_run(&log);
        free(log.run.scenario_text);
        log.run.scenario_text = mem_string(cases[i].text);
        assert_int_equal(findings_make(&findings, &log, NULL, &err), -1);
        print_message("%s\n", err.message);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_int_equal(strncmp(err.message, "the scenario inside the run log: ", 33), 0);
        assert_non_null(strstr(err.message, cases[i].says));
        run_log_release(&log);
    }
}

/* --- round trip --------------------------------------------------------------------------------------------------- */

static void check_same_verdict(const struct step_verdict *a, const struct step_verdict *b)
{
    assert_int_equal(a->verdict, b->verdict);
    assert_int_equal(a->breach_count, b->breach_count);
    for (size_t i = 0; i < a->breach_count; i++) {
        assert_int_equal(a->breaches[i].limit, b->breaches[i].limit);
        assert_int_equal(a->breaches[i].at_ns, b->breaches[i].at_ns);
        assert_true(a->breaches[i].observed == b->breaches[i].observed);
        assert_true(a->breaches[i].allowed == b->breaches[i].allowed);
    }
    assert_memory_equal(a->invalid, b->invalid, sizeof a->invalid);
}

static void check_same_cause(const struct cause_finding *a, const struct cause_finding *b)
{
    assert_int_equal(a->cause, b->cause);
    assert_int_equal(a->evidence_count, b->evidence_count);
    for (size_t i = 0; i < a->evidence_count; i++) {
        assert_string_equal(a->evidence[i].key, b->evidence[i].key);
        assert_true(a->evidence[i].value == b->evidence[i].value);
    }
}

static void check_same_step(const struct step_finding *a, const struct step_finding *b)
{
    assert_string_equal(a->record->backend, b->record->backend);
    assert_int_equal(a->record->trial, b->record->trial);
    assert_int_equal(a->record->level, b->record->level);
    check_same_verdict(&a->verdict, &b->verdict);
    check_same_cause(&a->cause, &b->cause);
    check_same_host(&a->usage.host, &b->usage.host);
    assert_true(a->offered_rps == b->offered_rps && a->completed_rps == b->completed_rps &&
                a->good_rps == b->good_rps && a->failed_share == b->failed_share);
    assert_true(a->mean_ns == b->mean_ns && a->p50_ns == b->p50_ns && a->p90_ns == b->p90_ns &&
                a->p99_ns == b->p99_ns && a->p999_ns == b->p999_ns && a->max_ns == b->max_ns);
    assert_true(a->service_p50_ns == b->service_p50_ns && a->service_p99_ns == b->service_p99_ns &&
                a->cpu_ns_per_request == b->cpu_ns_per_request);
}

static ptrdiff_t place_of(const struct backend_finding *backend, const struct step_finding *step)
{
    return step != NULL ? step - backend->steps : -1;
}

static void check_same_backend(const struct backend_finding *a, const struct backend_finding *b)
{
    assert_string_equal(a->record->name, b->record->name);
    assert_int_equal(a->step_count, b->step_count);
    for (size_t i = 0; i < a->step_count; i++) {
        check_same_step(&a->steps[i], &b->steps[i]);
    }
    assert_int_equal(a->trials, b->trials);
    assert_true(a->holds == b->holds && a->holds_at == b->holds_at && a->breaks == b->breaks &&
                a->breaks_at == b->breaks_at && a->holds_least == b->holds_least && a->holds_most == b->holds_most);
    assert_true(a->not_monotone == b->not_monotone && a->all_invalid == b->all_invalid);
    assert_int_equal(place_of(a, a->last_good), place_of(b, b->last_good));
    assert_int_equal(place_of(a, a->first_break), place_of(b, b->first_break));
}

static void check_same_findings(const struct findings *a, const struct findings *b)
{
    assert_int_equal(a->service_core_count, b->service_core_count);
    assert_int_equal(a->other_limits, b->other_limits);
    assert_int_equal(a->backend_count, b->backend_count);
    for (size_t i = 0; i < a->backend_count; i++) {
        check_same_backend(&a->backends[i], &b->backends[i]);
    }
    assert_int_equal(a->warning_count, b->warning_count);
    for (size_t i = 0; i < a->warning_count; i++) {
        assert_int_equal(a->warnings[i].kind, b->warnings[i].kind);
        assert_string_equal(a->warnings[i].text, b->warnings[i].text);
        assert_int_equal(a->warnings[i].command != NULL, b->warnings[i].command != NULL);
    }
}

static void write_log(const struct run_log *log, const char *file)
{
    struct run_writer *writer;
    struct error err = {0};

    assert_int_equal(run_writer_open(&writer, file, &err), 0);
    assert_int_equal(run_writer_run(writer, &log->run, &err), 0);
    for (size_t i = 0; i < log->backend_count; i++) {
        assert_int_equal(run_writer_backend(writer, &log->backends[i], &err), 0);
    }
    for (size_t i = 0; i < log->step_count; i++) {
        assert_int_equal(run_writer_step(writer, &log->steps[i], &err), 0);
    }
    assert_int_equal(run_writer_end(writer, &log->end, &err), 0);
    run_writer_close(writer);
}

static void read_again(const struct run_log *log, struct run_log *ret_log)
{
    char folder[] = "/tmp/twofold-test-XXXXXX";
    struct error err = {0};

    assert_non_null(mkdtemp(folder));
    char *file = file_join(folder, "run.jsonl");
    write_log(log, file);
    if (run_log_read(ret_log, file, &err) != 0) {
        fail_msg("%s", err.message);
    }
    unlink(file);
    rmdir(folder);
    free(file);
}

/* A bit of everything: every verdict, every limit, a death, a step without samples, trials, a skipped backend. */
static void make_varied_run(struct run_log *log)
{
    struct step_builder builder;

    log_builder_init(log);
    log->run.machine.load1 = 3.25;
    log_builder_skip(log, "zig", "zig is not installed");
    log_builder_backend(log, "go");
    log_builder_backend(log, "node");
    log_builder_climb(log, "go", 0, "ppbpi");
    log_builder_climb(log, "go", 1, "pppib");
    log_builder_climb(log, "node", 0, "p");
    step_builder_init(&builder, 1000);
    builder.backend = "node";
    builder.index = 1;
    builder.host.steal = 0.1234567;
    builder.host.pss_share = 1.0 / 3;
    builder.host.rss_mib = 1800;
    builder.host.listen_overflows = builder.host.retransmits = 17;
    step_builder_slow(&builder, 3, 17, 25, 51.2345678);
    step_builder_fail(&builder, 7, 20, 33, FAILURE_UNANSWERED);
    step_builder_queue(&builder, 3, 2345);
    log_builder_step(log, &builder);
    builder.index = 2;
    builder.host.sampled = false;
    step_builder_die(&builder, 3210.987, -1, SIGABRT);
    log_builder_step(log, &builder);
}

TEST(findings_from_a_written_and_read_log_are_those_from_the_records)
{
    const char *const changes[][2] = {{NULL}, {"p999=200ms", NULL}};
    struct run_log log, again;

    make_varied_run(&log);
    read_again(&log, &again);
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct findings findings, findings_again;
        struct error err = {0};
        assert_int_equal(findings_make(&findings, &log, changes[i], &err), 0);
        assert_int_equal(findings_make(&findings_again, &again, changes[i], &err), 0);
        assert_true(findings.warning_count >= 3);
        check_same_findings(&findings, &findings_again);
        findings_release(&findings);
        findings_release(&findings_again);
    }
    run_log_release(&log);
    run_log_release(&again);
}

/* What was dropped for it is not in the log any more: the reader of a report learns it from a warning alone. */
TEST(a_run_that_was_resumed_says_when_and_what_was_run_again)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "ppb");
    log.resumes = mem_new(log.resume_count = 1, sizeof *log.resumes);
    log.resumes[0] =
        (struct resume_record){.resumed = mem_string("2026-01-31T12:30:00Z"), .backend = mem_string("go"), .trial = 1};
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.warning_count, 1);
    assert_string_equal(findings.warnings[0].text,
                        "the run was cut short and resumed at 2026-01-31T12:30:00Z; trial 2 of go, under way then, "
                        "was run again");
    findings_release(&findings);
    free(log.resumes[0].backend);
    log.resumes[0].backend = NULL;
    findings = log_builder_findings(&log);
    assert_string_equal(findings.warnings[0].text, "the run was cut short and resumed at 2026-01-31T12:30:00Z");
    findings_release(&findings);
    run_log_release(&log);
}
