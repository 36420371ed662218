/* Each rule by which a step says nothing about its service, just within its bound and just past it. */
#include "analysis/verdict/verdict.h"

#include "base/mem.h"
#include "judging.h"
#include "test.h"

#include <signal.h>
#include <string.h>

/* Latency breaks, so that rules which ask for a break can be tried. */
static struct step_builder slow_step(void)
{
    struct step_builder builder = healthy_step();
    step_builder_slow(&builder, 4, 20, 60, 75);
    return builder;
}

TEST(requests_may_leave_late_by_a_tenth_of_the_latency_limit)
{
    const struct {
        uint64_t limit_ms;
        double lag_us;
    } cases[] = {{50, 5000}, {10, 1000}, {500, 50000}, {0, 5000}}; /* without a limit as if it were 50 ms */

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct limits limits = {.percentile = 0.99, .latency_ns = cases[i].limit_ms * MS};
        struct step_builder builder = healthy_step();
        builder.lag_us = cases[i].lag_us;
        check_valid(&builder, &limits, VERDICT_PASS);
        builder.lag_us = cases[i].lag_us * 1.01;
        check_invalid(&builder, &limits, INVALID_SEND_LAG);
    }
}

TEST(one_in_a_hundred_may_leave_later_than_that)
{
    struct step_builder builder = healthy_step();
    struct step_record record;
    struct step_verdict verdict;

    step_builder_make(&builder, &record);
    histogram_release(&record.load.send_lag);
    histogram_init(&record.load.send_lag, 3);
    histogram_record_many(&record.load.send_lag, 20000, 9900);
    histogram_record_many(&record.load.send_lag, 30 * MS, 100);
    verdict = judge_record(&record, &usual_limits, NULL, false);
    assert_int_equal(verdict.verdict, VERDICT_PASS);
    histogram_record_many(&record.load.send_lag, 30 * MS, 1);
    verdict = judge_record(&record, &usual_limits, NULL, false);
    assert_int_equal(verdict.verdict, VERDICT_INVALID);
    step_record_release(&record);
}

TEST(a_busy_generator_counts_only_where_a_limit_broke)
{
    struct step_builder slow = slow_step(), healthy = healthy_step();

    slow.busiest_thread = healthy.busiest_thread = 0.90;
    check_valid(&slow, &usual_limits, VERDICT_BREAK);
    slow.busiest_thread = healthy.busiest_thread = 0.91;
    check_invalid(&slow, &usual_limits, INVALID_GENERATOR_BUSY);
    check_valid(&healthy, &usual_limits, VERDICT_PASS);
}

TEST(a_generator_that_was_stopped_or_had_no_descriptors_counts_only_where_a_limit_broke)
{
    struct step_builder slow = slow_step(), healthy = healthy_step();

    slow.stood_still = healthy.stood_still = 0.01;
    check_valid(&slow, &usual_limits, VERDICT_BREAK);
    slow.stood_still = healthy.stood_still = 0.02;
    check_invalid(&slow, &usual_limits, INVALID_STOOD_STILL);
    slow.stood_still = 0;
    slow.denied = healthy.denied = 1;
    check_invalid(&slow, &usual_limits, INVALID_DENIED);
    check_valid(&healthy, &usual_limits, VERDICT_PASS);
    slow.denied = healthy.denied = 0;
    slow.turned_away = healthy.turned_away = 1;
    check_invalid(&slow, &usual_limits, INVALID_TURNED_AWAY);
    check_valid(&healthy, &usual_limits, VERDICT_PASS);
}

TEST(a_generator_kept_from_its_core_counts_only_where_a_limit_broke)
{
    struct step_builder slow = slow_step(), healthy = healthy_step();

    slow.starved_thread = healthy.starved_thread = 0.10;
    check_valid(&slow, &usual_limits, VERDICT_BREAK);
    slow.starved_thread = healthy.starved_thread = 0.11;
    check_invalid(&slow, &usual_limits, INVALID_STARVED);
    check_valid(&healthy, &usual_limits, VERDICT_PASS);
}

TEST(connections_must_be_open_before_the_measured_part)
{
    struct step_builder slow = slow_step(), healthy = healthy_step();

    slow.kept = healthy.kept = 1000;
    slow.missing = healthy.missing = 10;
    check_valid(&slow, &usual_limits, VERDICT_BREAK);
    check_valid(&healthy, &usual_limits, VERDICT_PASS);
    slow.missing = healthy.missing = 11;
    check_invalid(&slow, &usual_limits, INVALID_OPENING);
    check_invalid(&healthy, &usual_limits, INVALID_OPENING);
    healthy.kept = 8; /* of a few, one may be between two connections */
    healthy.missing = 1;
    check_valid(&healthy, &usual_limits, VERDICT_PASS);
    healthy.kept = 0; /* it opens what it needs */
    healthy.missing = 11;
    check_valid(&healthy, &usual_limits, VERDICT_PASS);
    step_builder_fail(&slow, 0, 20, 100, FAILURE_CONNECT); /* the service's doing */
    check_valid(&slow, &usual_limits, VERDICT_BREAK);
}

TEST(littles_law_may_be_off_by_a_tenth)
{
    const struct {
        double mean;
        enum verdict verdict;
    } cases[] = {{0.87, VERDICT_INVALID},
                 {0.9, VERDICT_PASS},
                 {1, VERDICT_PASS},
                 {1.105, VERDICT_PASS},
                 {1.15, VERDICT_INVALID}};
    struct step_builder builder = healthy_step();
    double by_law = 2000 * 0.003004; /* 2,000/s that take 2 to 4 ms */

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        builder.mean_in_flight = by_law * cases[i].mean;
        if (cases[i].verdict == VERDICT_INVALID) {
            check_invalid(&builder, &usual_limits, INVALID_LITTLE);
        } else {
            check_valid(&builder, &usual_limits, VERDICT_PASS);
        }
    }
}

TEST(littles_law_leaves_out_what_was_sent_in_the_warm_up)
{
    struct step_builder builder = healthy_step();
    double by_law = 2000 * 0.003004; /* as above */

    builder.mean_in_flight = 2 * by_law;
    check_invalid(&builder, &usual_limits, INVALID_LITTLE);
    builder.carried_in_flight = by_law;
    check_valid(&builder, &usual_limits, VERDICT_PASS);
    builder.mean_in_flight = by_law;
    check_invalid(&builder, &usual_limits, INVALID_LITTLE);
}

TEST(littles_law_says_nothing_where_a_limit_broke_or_some_were_not_answered)
{
    struct step_builder slow = slow_step(), unanswered = healthy_step();

    slow.mean_in_flight = 1;
    check_valid(&slow, &usual_limits, VERDICT_BREAK);
    unanswered.mean_in_flight = 1;
    step_builder_fail(&unanswered, 3, 4, 1, FAILURE_RESET);
    check_valid(&unanswered, &usual_limits, VERDICT_PASS);
}

TEST(littles_law_leaves_room_for_what_is_under_way_at_the_ends)
{
    struct step_builder builder;

    /* One request of two seconds among few: its share of the step depends on where the ends cut it. */
    step_builder_init(&builder, 20);
    step_builder_slow(&builder, 19, 20, 1, 2000);
    builder.mean_in_flight = 0.1;
    struct limits limits = {.percentile = 0.5, .latency_ns = 50 * MS};
    check_valid(&builder, &limits, VERDICT_PASS);
    /* Five of up to two seconds at each end are up to four in the mean, and one more for what is just being sent. */
    builder.intervals[19].in_flight = 5;
    builder.mean_in_flight = 5.5;
    check_valid(&builder, &limits, VERDICT_PASS);
    builder.mean_in_flight = 6.5;
    check_invalid(&builder, &limits, INVALID_LITTLE);
}

TEST(others_on_the_services_cores_make_a_break_invalid_only_when_all_signs_say_so)
{
    const struct {
        double cores, foreign, delay;
        bool invalid;
    } cases[] = {
        {0.5, 0.16, 0.11, true},  /* just past all three bounds */
        {0.5, 0.14, 0.11, false}, /* others did little */
        {0.5, 0.16, 0.09, false}, /* the service did not wait for a core */
        {1.0, 0.21, 0.50, true},  /* past a fifth of what the service did */
        {1.0, 0.19, 0.50, false}, /* not a fifth */
        {0.0, 0.90, 0.90, true},  /* others had it all */
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct step_builder slow = slow_step(), healthy = healthy_step();
        slow.host.cores = cases[i].cores;
        slow.host.cores_busy = cases[i].cores + cases[i].foreign;
        slow.host.run_delay = cases[i].delay;
        healthy.host = slow.host;
        if (cases[i].invalid) {
            check_invalid(&slow, &usual_limits, INVALID_FOREIGN);
        } else {
            check_valid(&slow, &usual_limits, VERDICT_BREAK);
        }
        check_valid(&healthy, &usual_limits, VERDICT_PASS);
    }
}

/* The generator and others work beside the service on its cores, as so many cores' worth. */
static enum verdict judged_on_shared_cores(double generator, double others)
{
    struct step_builder builder = slow_step();
    struct step_record record;
    struct step_verdict verdict;

    builder.busiest_thread = generator;
    builder.host.cores = 0.4;
    builder.host.cores_busy = 0.4 + generator + others;
    builder.host.run_delay = 0.5;
    step_builder_make(&builder, &record);
    record.load.spin_ns = record.load.cpu_ns / 4;
    record.load.cpu_ns -= record.load.spin_ns;
    verdict = judge_record(&record, &usual_limits, NULL, true);
    step_record_release(&record);
    return verdict.verdict;
}

TEST(a_generator_on_the_services_cores_is_none_of_the_others)
{
    assert_int_equal(judged_on_shared_cores(0.5, 0), VERDICT_BREAK);
    assert_int_equal(judged_on_shared_cores(0.3, 0.14), VERDICT_BREAK);
    assert_int_equal(judged_on_shared_cores(0.3, 0.16), VERDICT_INVALID);
}

TEST(a_step_in_which_nothing_was_due_says_nothing)
{
    struct step_builder builder;

    step_builder_init(&builder, 0);
    check_invalid(&builder, &usual_limits, INVALID_NO_REQUESTS);
    builder.host.rss_mib = 600;
    check_valid(&builder, &usual_limits, VERDICT_BREAK);
}

/* --- what the service needs --------------------------------------------------------------------------------------- */

static struct step_verdict judge_with_fault(const struct step_builder *builder, enum dependency_fault fault)
{
    struct step_record step;

    step_builder_make(builder, &step);
    step.dependencies = mem_new(1, sizeof *step.dependencies);
    step.dependencies[0] = (struct dependency_load){.name = mem_string(DEPENDENCY_POSTGRESQL), .fault = fault};
    step.dependency_count = 1;
    struct step_verdict verdict = judge_record(&step, &usual_limits, NULL, false);
    step_record_release(&step);
    return verdict;
}

TEST(a_step_says_nothing_when_what_the_service_needs_failed_whatever_the_service_did)
{
    struct step_builder builders[] = {healthy_step(), slow_step(), healthy_step()};
    struct text text = {0};

    step_builder_die(&builders[2], 3000, -1, SIGKILL);
    for (size_t i = 0; i < sizeof builders / sizeof builders[0]; i++) {
        for (int fault = DEPENDENCY_WELL + 1; fault < DEPENDENCY_FAULT_COUNT; fault++) {
            struct step_verdict verdict = judge_with_fault(&builders[i], (enum dependency_fault)fault);
            assert_string_equal(verdict_name(verdict.verdict), "invalid");
            assert_true(verdict.invalid[INVALID_DEPENDENCY]);
            text_clear(&text);
            dependency_faults_phrase(&text, &verdict.faults);
            assert_non_null(strstr(text.data, "its PostgreSQL"));
        }
    }
    assert_int_equal(judge_with_fault(&builders[0], DEPENDENCY_WELL).verdict, VERDICT_PASS);
    text_release(&text);
}

/* --- whatever the rule -------------------------------------------------------------------------------------------- */

/* Steps that break a limit, each invalid by one of the rules that hold for breaks. */
static struct step_builder spoilt_step(enum invalidity invalidity)
{
    struct step_builder builder = slow_step();

    switch (invalidity) {
    case INVALID_SEND_LAG:
        builder.lag_us = 9000;
        break;
    case INVALID_GENERATOR_BUSY:
        builder.busiest_thread = 0.99;
        break;
    case INVALID_STARVED:
        builder.starved_thread = 0.5;
        break;
    case INVALID_UNSENT:
        step_builder_fail(&builder, 0, 20, 100, FAILURE_UNSENT);
        break;
    default:
        builder.host.cores_busy = 2;
        builder.host.run_delay = 1;
        break;
    }
    return builder;
}

static const enum invalidity of_breaks[] = {INVALID_SEND_LAG, INVALID_GENERATOR_BUSY, INVALID_STARVED, INVALID_UNSENT,
                                            INVALID_FOREIGN};

TEST(an_invalid_step_is_never_a_break_and_still_tells_what_would_have_been_said)
{
    for (size_t i = 0; i < sizeof of_breaks / sizeof of_breaks[0]; i++) {
        struct step_builder builder = spoilt_step(of_breaks[i]);
        struct step_verdict verdict = check_invalid(&builder, &usual_limits, of_breaks[i]);
        assert_true(verdict.breach_count > 0);
    }
}

TEST(a_dead_service_is_a_break_whoever_drove_it)
{
    for (size_t i = 0; i < sizeof of_breaks / sizeof of_breaks[0]; i++) {
        struct step_builder builder = spoilt_step(of_breaks[i]);
        step_builder_die(&builder, 3000, -1, SIGKILL);
        assert_int_equal(judged(&builder, &usual_limits).verdict, VERDICT_BREAK);
    }
}

TEST(every_rule_has_a_name_of_its_own)
{
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(invalidity_name((enum invalidity)i), invalidity_name((enum invalidity)k));
        }
    }
}
