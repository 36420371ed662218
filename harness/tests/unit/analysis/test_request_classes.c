/* Requests by class, and those of which an error is expected judged apart from the others. */
#include "analysis/verdict/request_classes.h"

#include "base/mem.h"
#include "built_classes.h"
#include "judging.h"
#include "log_builder.h"
#include "stats/percentile.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

static struct scenario scenario;

static int read_scenario(void **state)
{
    struct error err = {0};

    (void)state;
    return scenario_parse(
        &scenario, "poison",
        "{\"schema\": 1, \"name\": \"poison\", \"why\": \"some are malformed\", \"requests\": ["
        "{\"name\": \"read\", \"weight\": 90, \"path\": \"/items/1\"},"
        "{\"name\": \"write\", \"weight\": 9, \"path\": \"/items/2\", \"expect\": {\"status\": 201}},"
        "{\"name\": \"no id\", \"weight\": 1, \"path\": \"/items/x\", \"expect\": {\"status\": 422}}],"
        "\"double\": {\"what\": \"rate\", \"from\": 500, \"steps\": 3},"
        "\"step\": {\"warmup\": \"1s\", \"measure\": \"5s\"}, \"limits\": {\"p99\": \"50ms\", \"errors\": \"100%\"}}",
        &err);
}

static int release_scenario(void **state)
{
    (void)state;
    scenario_release(&scenario);
    return 0;
}

/* 10,000 requests that together keep every limit, with these classes among them. */
static struct step_verdict judged_by_class(const struct built_class classes[3], const struct limits *limits,
                                           const struct traffic *traffic)
{
    struct step_builder builder = healthy_step();
    struct step_record record;
    struct step_verdict verdict;

    step_builder_make(&builder, &record);
    built_classes_add(&record.load, classes, 3);
    verdict = judge_record(&record, limits, traffic, false);
    step_record_release(&record);
    return verdict;
}

static struct step_verdict with_expected_errors(uint64_t offered, uint64_t failed)
{
    const struct built_class classes[] = {{.name = "read", .offered = 9000, .usual_ms = 4},
                                          {.name = "write", .offered = 900, .usual_ms = 4},
                                          {"no id", offered, 4, 0, 0, failed, FAILURE_STATUS}};
    return judged_by_class(classes, &usual_limits, &scenario.traffic);
}

TEST(expected_errors_that_all_come_break_nothing)
{
    assert_int_equal(with_expected_errors(100, 0).breach_count, 0);
    assert_int_equal(with_expected_errors(0, 0).breach_count, 0);
}

TEST(expected_errors_that_never_come_are_a_break_where_they_are_too_few_for_the_limit_on_all)
{
    struct step_verdict verdict = with_expected_errors(9, 9);

    assert_int_equal(verdict.verdict, VERDICT_BREAK);
    assert_int_equal(verdict.breach_count, 1);
    assert_int_equal(verdict.breaches[0].limit, LIMIT_ERRORS);
    assert_int_equal(verdict.breaches[0].of, EXPECT_ERROR);
    assert_int_equal(verdict.breaches[0].at_ns, BUILT_MEASURED_MS * MS);
    assert_true(verdict.breaches[0].observed == 1 && verdict.breaches[0].allowed == 0.001);
}

TEST(a_chance_failure_among_few_is_no_break)
{
    const struct {
        uint64_t offered, failed;
        size_t breaks;
    } cases[] = {
        {1, 1, 0},  {2, 2, 0},    {3, 3, 1},    {20, 1, 0},       {20, 2, 0},
        {20, 3, 1}, {1000, 6, 0}, {1000, 7, 1}, {100000, 131, 0}, {100000, 133, 1},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(with_expected_errors(cases[i].offered, cases[i].failed).breach_count, cases[i].breaks);
    }
}

TEST(chance_makes_one_in_a_thousand_at_most)
{
    /* Poisson: the share of outcomes beyond the bound where the truth is the limit itself. */
    for (int i = 0; i < 136; i++) {
        double mean = 0.001 * pow(1.1, i); /* up to 387 */
        double term = exp(-mean), beyond = 0;
        for (uint64_t count = 0; count < 1000; count++) {
            beyond += request_classes_beyond_chance(count, 1000000, mean / 1e6) ? term : 0;
            term *= mean / (double)(count + 1);
        }
        assert_true(beyond < 0.0013);
    }
}

TEST(failures_of_those_expected_to_succeed_count_where_expected_errors_thin_them_out)
{
    struct built_class classes[] = {{"read", 50000, 4, 0, 0, 90, FAILURE_TIMEOUT},
                                    {.name = "write", .offered = 900, .usual_ms = 4},
                                    {.name = "no id", .offered = 50000, .usual_ms = 1}};
    struct step_verdict verdict = judged_by_class(classes, &usual_limits, &scenario.traffic);

    assert_int_equal(verdict.breach_count, 1);
    assert_int_equal(verdict.breaches[0].limit, LIMIT_ERRORS);
    assert_int_equal(verdict.breaches[0].of, EXPECT_SUCCESS);
    classes[0].failed = 50;
    assert_int_equal(judged_by_class(classes, &usual_limits, &scenario.traffic).breach_count, 0);
}

TEST(slow_responses_expected_to_succeed_count_where_quick_expected_errors_hide_them)
{
    struct built_class classes[] = {{"read", 1100, 4, 20, 75, 0, FAILURE_TIMEOUT},
                                    {.name = "write", .offered = 100, .usual_ms = 4},
                                    {.name = "no id", .offered = 8800, .usual_ms = 1}};
    struct step_verdict verdict = judged_by_class(classes, &usual_limits, &scenario.traffic);

    assert_int_equal(verdict.breach_count, 1);
    assert_int_equal(verdict.breaches[0].limit, LIMIT_LATENCY);
    assert_int_equal(verdict.breaches[0].of, EXPECT_SUCCESS);
    assert_float_equal(verdict.breaches[0].observed, 75e6, 1e6);
    classes[0].offered = 880; /* 980 in all: too few for a p99 */
    assert_int_equal(judged_by_class(classes, &usual_limits, &scenario.traffic).breach_count, 0);
}

TEST(slow_expected_errors_by_themselves_are_no_break)
{
    const struct built_class classes[] = {{.name = "read", .offered = 9000, .usual_ms = 4},
                                          {.name = "write", .offered = 900, .usual_ms = 4},
                                          {.name = "no id", .offered = 2000, .usual_ms = 75}};
    assert_int_equal(judged_by_class(classes, &usual_limits, &scenario.traffic).breach_count, 0);
}

TEST(nothing_is_judged_apart_where_no_error_is_expected)
{
    const struct built_class classes[] = {{"read", 9000, 4, 900, 75, 0, FAILURE_TIMEOUT},
                                          {"write", 900, 4, 0, 0, 900, FAILURE_STATUS},
                                          {"no id", 100, 4, 0, 0, 100, FAILURE_STATUS}};
    struct built_class others[] = {classes[0], classes[1], {"another", 100, 4, 0, 0, 100, FAILURE_STATUS}};
    struct limits none = {0};

    assert_int_equal(judged_by_class(classes, &usual_limits, NULL).breach_count, 0);
    assert_int_equal(judged_by_class(others, &usual_limits, &scenario.traffic).breach_count, 0);
    assert_int_equal(judged_by_class(classes, &none, &scenario.traffic).breach_count, 0);
}

TEST(what_all_requests_broke_is_not_told_twice)
{
    struct step_builder builder = healthy_step();
    const struct built_class classes[] = {{"read", 9000, 4, 900, 75, 90, FAILURE_TIMEOUT},
                                          {.name = "write", .offered = 900, .usual_ms = 4},
                                          {"no id", 100, 4, 0, 0, 100, FAILURE_STATUS}};
    struct step_record record;
    struct step_verdict verdict;

    step_builder_slow(&builder, 0, 20, 60, 75);
    step_builder_fail(&builder, 0, 20, 10, FAILURE_STATUS);
    step_builder_make(&builder, &record);
    built_classes_add(&record.load, classes, 3);
    verdict = judge_record(&record, &usual_limits, &scenario.traffic, false);
    step_record_release(&record);
    assert_int_equal(verdict.breach_count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(verdict.breaches[i].of, EXPECT_ANY);
    }
}

TEST(a_service_that_died_has_failed_nobody_apart)
{
    struct step_builder builder = healthy_step();
    const struct built_class classes[] = {{.name = "read", .offered = 9000, .usual_ms = 4},
                                          {.name = "write", .offered = 900, .usual_ms = 4},
                                          {"no id", 9, 4, 0, 0, 9, FAILURE_RESET}};
    struct step_record record;
    struct step_verdict verdict;

    step_builder_die(&builder, 4990, 1, 0);
    step_builder_make(&builder, &record);
    built_classes_add(&record.load, classes, 3);
    verdict = judge_record(&record, &usual_limits, &scenario.traffic, false);
    step_record_release(&record);
    assert_int_equal(verdict.breach_count, 1);
    assert_int_equal(verdict.breaches[0].limit, LIMIT_CRASH);
}

/* ---- findings ---- */

TEST(each_class_has_its_counts_and_the_percentiles_that_it_has_samples_for)
{
    const struct built_class classes[] = {{"read", 1000, 4, 20, 75, 3, FAILURE_BODY},
                                          {.name = "write", .offered = 999, .usual_ms = 8},
                                          {"no id", 19, 2, 0, 0, 19, FAILURE_STATUS}};
    struct load_record load;
    size_t count;

    load_record_init(&load, 0);
    built_classes_add(&load, classes, 3);
    struct request_class *found = request_classes_find(&scenario.traffic, &load, &count);
    assert_int_equal(count, 3);
    assert_string_equal(found[0].name, "read");
    assert_int_equal(found[0].expectation, EXPECT_SUCCESS);
    assert_int_equal(found[0].tally.good, 997);
    assert_int_equal(found[0].tally.failures[FAILURE_BODY], 3);
    assert_float_equal((double)found[0].p50_ns, 4e6, 1e5);
    assert_float_equal((double)found[0].p99_ns, 75e6, 1e6);
    assert_true(found[1].p50_ns != NO_TIME && found[1].p99_ns == NO_TIME);
    assert_int_equal(found[2].expectation, EXPECT_ERROR);
    assert_true(found[2].p50_ns == NO_TIME);
    struct request_class served = request_classes_total(&scenario.traffic, &load, EXPECT_SUCCESS);
    assert_int_equal(served.tally.offered, 1999);
    assert_float_equal((double)served.p50_ns, 8e6, 1e5);
    assert_float_equal((double)served.p99_ns, 75e6, 1e6);
    assert_int_equal(request_classes_total(&scenario.traffic, &load, EXPECT_ERROR).tally.offered, 19);
    assert_int_equal(request_classes_total(&scenario.traffic, &load, EXPECT_ANY).tally.offered, 2018);
    free(found);
    load_record_release(&load);
}

TEST(the_findings_of_a_run_judge_by_what_its_scenario_expects)
{
    const struct built_class classes[] = {{.name = "read", .offered = 9000, .usual_ms = 4},
                                          {.name = "write", .offered = 900, .usual_ms = 4},
                                          {"no id", 9, 4, 0, 0, 9, FAILURE_STATUS}};
    struct step_builder builder = healthy_step();
    struct run_log log;

    log_builder_init(&log);
    free(log.run.scenario_text);
    log.run.scenario_text = mem_string(scenario.text);
    log_builder_backend(&log, "go");
    built_classes_add(&log_builder_step(&log, &builder)->load, classes, 3);
    struct findings findings = log_builder_findings(&log);
    const struct step_finding *step = findings.backends[0].first_break;
    assert_null(step); /* its only limit is one on times */
    findings_release(&findings);
    const char *const changes[] = {"errors=0.1%", NULL};
    struct error err = {0};
    assert_int_equal(findings_make(&findings, &log, changes, &err), 0);
    step = findings.backends[0].first_break;
    assert_non_null(step);
    assert_int_equal(step->verdict.breaches[0].of, EXPECT_ERROR);
    assert_int_equal(step->class_count, 3);
    assert_int_equal(step->expected_successes.tally.offered, 9900);
    assert_int_equal(tally_failed(&step->expected_errors.tally), 9);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_record_without_classes_has_no_finding_of_any)
{
    struct load_record load;
    size_t count = 9;

    load_record_init(&load, 0);
    assert_null(request_classes_find(&scenario.traffic, &load, &count));
    assert_int_equal(count, 0);
    assert_false(expectation_of_errors(&scenario.traffic, &load));
    load_record_release(&load);
}

const struct test_group test_group = {read_scenario, release_scenario};
