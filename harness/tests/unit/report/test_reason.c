#include "report/words/reason.h"

#include "test.h"

static void check_evidence(const struct step_finding *step, const char *expected)
{
    struct text out = {0};

    reason_evidence(&out, step);
    assert_string_equal(out.data, expected);
    text_release(&out);
}

TEST(a_dependency_that_was_slow_is_told_by_the_time_in_it)
{
    const struct step_finding step = {.cause = {.cause = CAUSE_DEPENDENCY,
                                                .slow = true,
                                                .evidence = {{"service_cpu_share", 0.04},
                                                             {"dependency_time_share", 0.96},
                                                             {"dependency_call_ns", 812e6},
                                                             {"dependency_calls_in_flight", 40}},
                                                .evidence_count = 4}};

    assert_string_equal(reason_cause(&step), "it waited for what it depends on");
    check_evidence(&step, "its requests were in what it depends on for 96 % of their time, a call there took 812 ms in "
                          "the mean, its own work 4.0 % of its cores");
}

TEST(a_database_is_told_by_what_its_sessions_did)
{
    const struct step_finding step = {.cause = {.cause = CAUSE_DEPENDENCY,
                                                .slow = true,
                                                .evidence = {{"service_cpu_share", 0.2},
                                                             {"sessions_active_share", 1},
                                                             {"sessions_on_locks_share", 0.75}},
                                                .evidence_count = 3}};

    check_evidence(&step, "its sessions there were at work 100 % of the time, 75 % of that time waiting "
                          "for each other's locks, its own work 20 % of its cores");
}

TEST(a_dependency_that_was_full_is_told_by_its_cpu)
{
    const struct step_finding step = {
        .cause = {.cause = CAUSE_DEPENDENCY,
                  .evidence = {{"dependency_time_share", 0.96}, {"dependency_cpu_share", 0.97}},
                  .evidence_count = 2}};

    assert_string_equal(reason_cause(&step), "what it depends on was saturated");
    check_evidence(&step, "it used 97 % of its cores");
}

TEST(a_dependency_on_the_services_cores_is_not_called_saturated_by_itself)
{
    const struct step_finding step = {
        .cause = {.cause = CAUSE_DEPENDENCY,
                  .evidence = {{"dependency_cpu_share", 0.57}, {"dependency_beside_share", 0.57}},
                  .evidence_count = 2}};

    assert_string_equal(reason_cause(&step), "what it depends on saturated the cores that they share");
}

TEST(a_service_too_busy_to_accept_is_told_by_what_found_no_room)
{
    const struct step_finding step = {.cause = {.cause = CAUSE_CPU,
                                                .queued = true,
                                                .evidence = {{"queue_busy_share", 0.89}, {"accept_queue_overflows", 3}},
                                                .evidence_count = 2}};

    assert_string_equal(reason_cause(&step), "requests queued for its CPU");
    check_evidence(&step, "busy for 89 % of the time, 3 new connections found the accept queue full");
}

TEST(a_second_cause_that_is_a_slow_dependency_is_not_called_saturated)
{
    const struct step_finding step = {.cause = {.cause = CAUSE_WAITING, .second = CAUSE_DEPENDENCY, .slow = true}};

    assert_string_equal(reason_cause(&step), "it waited with CPU to spare, as on a lock or a pool");
    assert_string_equal(reason_second(&step), "it waited for what it depends on");
}

static void check_absence(const struct backend_finding *backend, const char *wanted)
{
    struct text out = {0};

    text_add(&out, "");
    reason_absence(&out, backend);
    assert_string_equal(out.data, wanted);
    text_release(&out);
}

TEST(a_service_without_figures_says_why)
{
    struct backend_record record = {.name = "go"}, skipped = {.name = "go", .skipped = "no toolchain"};

    check_absence(NULL, "not in this run");
    check_absence(&(struct backend_finding){.record = &skipped}, "took no part: no toolchain");
    check_absence(&(struct backend_finding){.record = &record}, "no step was run");
    check_absence(&(struct backend_finding){.record = &record, .step_count = 3}, "no valid step");
    check_absence(&(struct backend_finding){.record = &record, .step_count = 3, .holds = true}, "");
}
