#include "report/words/reason.h"

#include "test.h"

#include <string.h>

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

TEST(what_was_refused_is_told_with_its_status)
{
    struct step_finding step = {.cause = {.cause = CAUSE_SHEDDING,
                                          .evidence = {{"refused_status", 429},
                                                       {"refused_share", 0.4},
                                                       {"refused_mean_ns", 1.5e6},
                                                       {"service_cpu_share", 0.3}},
                                          .evidence_count = 4}};

    assert_string_equal(reason_cause(&step), "it refused: 429");
    check_evidence(&step, "40 % of its requests, each within 1.50 ms in the mean, its own work 30 % of its cores");
    step.cause.evidence[0].value = 418;
    assert_string_equal(reason_cause(&step), "it refused requests");
}

TEST(a_pause_is_told_with_its_length_and_its_period)
{
    const struct step_finding step = {
        .cause = {.cause = CAUSE_PAUSE,
                  .evidence = {{"pauses", 7}, {"pause_length_ns", 200e6}, {"pause_period_ns", 2e9}},
                  .evidence_count = 3}};

    check_evidence(&step, "pauses of about 200 ms, every 2.00 s, 7 of them seen");
}

TEST(a_quota_is_told_as_one_only_where_it_was_read)
{
    const struct step_finding read = {.cause = {.cause = CAUSE_QUOTA,
                                                .evidence = {{"throttled_share", 0.7}, {"quota_cores", 0.3}},
                                                .evidence_count = 2}};
    const struct step_finding guessed = {
        .cause = {.cause = CAUSE_QUOTA, .evidence = {{"core_wait_share", 0.92}}, .evidence_count = 1}};

    assert_string_equal(reason_cause(&read), "its CPU quota was used up");
    check_evidence(&read, "it may use 0.3 cores, throttled by its quota 70 % of the time");
    assert_string_equal(reason_cause(&guessed), "a CPU quota, or an affinity, kept it from its cores");
    check_evidence(&guessed, "its threads waited for a core for 92 % of the time in which they could have run");
}

TEST(cpu_is_not_called_to_spare_where_the_cores_were_busy_or_one_request_came_after_another)
{
    struct step_finding step = {.cause = {.cause = CAUSE_WAITING,
                                          .evidence = {{"served_rps", 1040}, {"served_at_another_load_rps", 1000}},
                                          .evidence_count = 2}};

    assert_non_null(strstr(reason_cause(&step), "CPU to spare"));
    step.cause.serial = true;
    assert_string_equal(reason_cause(&step), "it let one request through after another, as a lock does");
    check_evidence(&step, "it served 1,040/s, and at another load no more than 1,000/s");
    step.cause.crowded = true;
    assert_string_equal(reason_cause(&step), "it waited, as on a lock or a pool, while others kept its cores busy");
}

/* That nobody looked is no cause: it is said beside the break, and not as what was behind it. */
TEST(every_cause_that_was_found_has_words)
{
    for (int i = 0; i < CAUSE_COUNT; i++) {
        const struct step_finding step = {
            .verdict = {.breaches = {{.limit = LIMIT_CRASH}}, .breach_count = 1},
            .cause = {.cause = (enum cause)i},
        };
        assert_true((reason_cause(&step) == NULL) == (i == CAUSE_UNKNOWN || i == CAUSE_NOT_WATCHED));
        if (i == CAUSE_NOT_WATCHED) {
            assert_string_equal(reason_cause_or_none(&step), "cause: not watched; give --watch");
        }
    }
}
