#include "analysis/usage/dependency_usage.h"

#include "base/list.h"
#include "base/mem.h"
#include "judging.h"

#include "analysis/cause/cause.h"
#include "test.h"

#include <string.h>

#define MS UINT64_C(1000000)

/* A step whose requests are late while it has CPU to spare, with so many of them in it at a time. */
static struct step_record late_step(double in_flight)
{
    struct step_builder builder = healthy_step();
    struct step_record record;

    step_builder_slow(&builder, 4, 20, 60, 75);
    builder.host.cores = builder.host.cores_busy = 0.4;
    builder.host.busiest_thread = 0.3;
    builder.host.run_delay = 0.01;
    step_builder_make(&builder, &record);
    record.load.mean_in_flight = in_flight;
    return record;
}

static struct dependency_load *add_dependency(struct step_record *record, const char *name)
{
    struct dependency_load *load = list_add(record->dependencies, record->dependency_count);

    load->name = mem_string(name);
    load->cores = 1;
    return load;
}

/* An upstream with requests in it all the time, that answers a call in `call_ms`; a reading before and one after the
 * measured part would say otherwise. */
static void add_upstream(struct step_record *record, double inside, uint64_t call_ms)
{
    struct dependency_load *load = add_dependency(record, "upstream");
    uint64_t second = record->load.measured_ns / 4, start = record->load.started_ns;

    load->calls = mem_new(load->call_count = 7, sizeof *load->calls);
    for (size_t i = 0; i < load->call_count; i++) {
        load->calls[i] = (struct call_sample){.at_ns = start - second + i * second,
                                              .answered = 100 * i,
                                              .time_ns = 100 * i * call_ms * MS,
                                              .in_flight = (uint64_t)inside,
                                              .visit_ns = (uint64_t)(inside * (double)(i * second))};
    }
    load->calls[0].visit_ns = 0;
    load->calls[0].time_ns = 0;
    load->calls[6].visit_ns = 1000000 * second;
    load->calls[6].time_ns = 1000000 * second;
}

static void add_database(struct step_record *record, const struct session_sample *sample)
{
    struct dependency_load *load = add_dependency(record, "postgresql");

    load->sessions = mem_new(load->session_count = 4, sizeof *load->sessions);
    for (size_t i = 0; i < load->session_count; i++) {
        load->sessions[i] = *sample;
        load->sessions[i].at_ns = record->load.started_ns + i * record->load.measured_ns / 4;
    }
}

static struct cause_finding cause_of(struct step_record *record)
{
    struct step_verdict verdict = judge_record(record, &usual_limits, NULL, false);
    struct step_usage usage;
    struct cause_finding finding;

    step_usage_find(record, 2, &usage);
    cause_find(record, &verdict, &usage, NULL, &finding);
    step_record_release(record);
    return finding;
}

static double evidence_of(const struct cause_finding *finding, const char *key)
{
    for (size_t i = 0; i < finding->evidence_count; i++) {
        if (strcmp(finding->evidence[i].key, key) == 0) {
            return finding->evidence[i].value;
        }
    }
    return -1;
}

TEST(the_share_of_the_time_in_an_upstream_is_that_of_the_requests_in_it)
{
    struct step_record record = late_step(40);
    struct dependency_usage usage;

    add_upstream(&record, 10, 30);
    assert_true(dependency_usage_find(&record, &usage));
    assert_string_equal(usage.name, "upstream");
    assert_float_equal(usage.time_share, 0.25, 1e-6);
    assert_float_equal(usage.call_ns, 30e6, 1);
    assert_float_equal(usage.calls_in_flight, 10, 1e-6);
    record.load.mean_in_flight = 5;
    assert_true(dependency_usage_find(&record, &usage));
    assert_float_equal(usage.time_share, 1, 1e-6);
    step_record_release(&record);
}

TEST(one_that_told_nothing_has_no_share)
{
    struct step_record record = late_step(40);
    struct dependency_usage usage;

    assert_false(dependency_usage_find(&record, &usage));
    add_dependency(&record, "upstream");
    assert_false(dependency_usage_find(&record, &usage));
    step_record_release(&record);
}

/* By the requests in the upstream of 40 that are in the service. */
TEST(an_idle_upstream_that_has_the_requests_is_the_cause_and_a_pool_before_it_is_waiting)
{
    const struct {
        double inside;
        enum cause cause, second;
    } cases[] = {
        {39, CAUSE_DEPENDENCY, CAUSE_UNKNOWN}, {30.1, CAUSE_DEPENDENCY, CAUSE_UNKNOWN},
        {29, CAUSE_WAITING, CAUSE_DEPENDENCY}, {20.1, CAUSE_WAITING, CAUSE_DEPENDENCY},
        {19, CAUSE_WAITING, CAUSE_UNKNOWN},    {2, CAUSE_WAITING, CAUSE_UNKNOWN},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct step_record record = late_step(40);
        add_upstream(&record, cases[i].inside, 30);
        struct cause_finding finding = cause_of(&record);
        assert_string_equal(cause_name(finding.cause), cause_name(cases[i].cause));
        assert_string_equal(cause_name(finding.second), cause_name(cases[i].second));
        assert_int_equal(finding.slow, finding.cause == CAUSE_DEPENDENCY || finding.second == CAUSE_DEPENDENCY);
        assert_float_equal(evidence_of(&finding, "dependency_time_share"), cases[i].inside / 40, 1e-6);
        assert_float_equal(evidence_of(&finding, "dependency_call_ns"), 30e6, 1);
    }
}

TEST(sessions_that_are_all_at_work_and_wait_in_the_database_are_its_doing)
{
    const struct {
        struct session_sample sample;
        enum cause cause;
    } cases[] = {
        {{.sessions = 8, .active = 8, .on_locks = 6}, CAUSE_DEPENDENCY},
        {{.sessions = 8, .active = 8, .on_disk = 2, .on_inner = 2}, CAUSE_DEPENDENCY},
        {{.sessions = 8, .active = 8, .on_disk = 3}, CAUSE_WAITING},  /* they work: more of them might help */
        {{.sessions = 8, .active = 7, .on_locks = 7}, CAUSE_WAITING}, /* some have nothing to do */
        {{.sessions = 8, .idle_open = 8}, CAUSE_WAITING},             /* the service holds them */
        {{.sessions = 40, .active = 31}, CAUSE_DEPENDENCY},           /* all requests are there */
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct step_record record = late_step(40);
        add_database(&record, &cases[i].sample);
        struct cause_finding finding = cause_of(&record);
        assert_string_equal(cause_name(finding.cause), cause_name(cases[i].cause));
        assert_float_equal(evidence_of(&finding, "sessions_active_share"),
                           (double)cases[i].sample.active / (double)cases[i].sample.sessions, 1e-6);
    }
}

TEST(a_dependency_is_not_blamed_while_the_service_works_itself)
{
    struct step_record record = late_step(40);

    for (size_t i = 0; i < record.sample_count; i++) {
        record.samples[i].cpu_ns = i * 195 * MS;
    }
    add_upstream(&record, 39, 30);
    assert_string_equal(cause_name(cause_of(&record).cause), cause_name(CAUSE_CPU));
}
