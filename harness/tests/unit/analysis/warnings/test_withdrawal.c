/* Services whose responses are wrong from the lowest load on. */
#include "analysis/verdict/wrong_responses.h"
#include "log_builder.h"
#include "test.h"

#include <string.h>

TEST(late_and_lost_responses_are_not_wrong_ones)
{
    struct tally tally = {.offered = 100, .sent = 100, .completed = 60, .good = 0};

    tally.failures[FAILURE_TIMEOUT] = 60;
    tally.failures[FAILURE_RESET] = 40;
    assert_true(wrong_responses_share(&tally) == 0);
    assert_false(wrong_responses_prevail(&tally) || wrong_responses_only(&tally));
}

TEST(more_than_half_of_the_responses_prevail)
{
    struct tally tally = {.offered = 100, .sent = 100, .completed = 100, .good = 50};

    tally.failures[FAILURE_STATUS] = 30;
    tally.failures[FAILURE_BODY] = 20;
    assert_false(wrong_responses_prevail(&tally));
    tally.failures[FAILURE_BODY]++;
    tally.good--;
    assert_true(wrong_responses_prevail(&tally));
    assert_false(wrong_responses_only(&tally));
    tally.failures[FAILURE_STATUS] += tally.good;
    tally.good = 0;
    assert_true(wrong_responses_only(&tally));
}

TEST(without_a_response_none_is_wrong)
{
    const struct tally tally = {.offered = 10, .sent = 10};

    assert_false(wrong_responses_prevail(&tally) || wrong_responses_only(&tally));
}

/* A climb from 500/s on; in each step so many of every 25 requests get a wrong status. */
static struct findings climb(struct run_log *log, const unsigned *wrong, size_t count)
{
    log_builder_init(log);
    log_builder_backend(log, "go");
    for (size_t i = 0; i < count; i++) {
        struct step_builder builder;
        step_builder_init(&builder, UINT64_C(500) << i);
        builder.index = (unsigned)i;
        step_builder_fail(&builder, 0, BUILT_INTERVALS, builder.intervals[0].offered * wrong[i] / 25, FAILURE_STATUS);
        log_builder_step(log, &builder);
    }
    return log_builder_findings(log);
}

static bool warned_of_wrong(const struct findings *findings)
{
    for (size_t i = 0; i < findings->warning_count; i++) {
        if (findings->warnings[i].kind == WARNING_WRONG) {
            return true;
        }
    }
    return false;
}

TEST(a_service_without_a_right_response_has_no_figures)
{
    const unsigned all[] = {25, 25};
    struct run_log log;
    struct findings findings = climb(&log, all, 2);
    const struct backend_finding *go = &findings.backends[0];

    assert_ptr_equal(go->wrong_from_start, &go->steps[0]);
    assert_true(go->nothing_right);
    assert_false(go->holds || go->breaks);
    assert_null(go->first_break);
    assert_true(warned_of_wrong(&findings));
    findings_release(&findings);
    run_log_release(&log);
}

TEST(it_has_none_either_where_any_number_may_fail)
{
    static const char *const changes[] = {"errors=none", "throughput=none", NULL};
    const unsigned all[] = {25, 25};
    struct run_log log;
    struct findings findings = climb(&log, all, 2);

    findings_release(&findings);
    assert_int_equal(findings_make(&findings, &log, changes, NULL), 0);
    assert_false(findings.backends[0].holds);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_service_that_answers_wrongly_most_of_the_time_breaks)
{
    const unsigned most[] = {20, 25};
    struct run_log log;
    struct findings findings = climb(&log, most, 2);
    const struct backend_finding *go = &findings.backends[0];

    assert_ptr_equal(go->wrong_from_start, &go->steps[0]);
    assert_false(go->nothing_right);
    assert_true(go->breaks && go->breaks_at == 500);
    assert_true(warned_of_wrong(&findings));
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_later_step_that_is_right_makes_it_a_service)
{
    const unsigned first[] = {25, 0};
    struct run_log log;
    struct findings findings = climb(&log, first, 2);

    assert_non_null(findings.backends[0].wrong_from_start);
    assert_false(findings.backends[0].nothing_right);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(what_breaks_later_was_not_wrong_from_the_start)
{
    const unsigned later[] = {0, 0, 25};
    struct run_log log;
    struct findings findings = climb(&log, later, 3);

    assert_null(findings.backends[0].wrong_from_start);
    assert_true(findings.backends[0].holds);
    assert_false(warned_of_wrong(&findings));
    findings_release(&findings);
    run_log_release(&log);
}
