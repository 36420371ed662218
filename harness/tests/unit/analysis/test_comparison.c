#include "analysis/comparison/comparison.h"

#include "compared_pair.h"
#include "log_builder.h"
#include "test.h"

#include <math.h>
#include <string.h>

static const struct change *change(const struct compared_pair *pair, enum compared compared)
{
    return &pair->comparison.backends[0].sides[1].figures[compared].change;
}

/* The same climbs for both. */
static void compare_go(struct compared_pair *pair, const char *a, const char *b)
{
    compared_pair_begin(pair);
    compared_pair_add_go(&pair->logs[0], a);
    compared_pair_add_go(&pair->logs[1], b);
    compared_pair_compare(pair);
}

/* --- figures ------------------------------------------------------------------------------------------------------ */

TEST(a_run_against_itself_shows_no_difference)
{
    static const char *const climbs[] = {"ppb", "ppb ppb", "ppb pppb ppb ppb pb ppb"};

    for (size_t i = 0; i < 3; i++) {
        struct compared_pair pair;
        compare_go(&pair, climbs[i], climbs[i]);
        assert_int_equal(pair.comparison.unlike_count, 0);
        for (int k = 0; k < COMPARED_COUNT; k++) {
            assert_int_equal(change(&pair, (enum compared)k)->difference, DIFFERENCE_NOT_SEEN);
            assert_float_equal(change(&pair, (enum compared)k)->ratio, 1, 1e-12);
        }
        assert_int_equal(pair.comparison.backends[0].order, AGREEMENT_SAME);
        assert_true(pair.comparison.order_same);
        compared_pair_end(&pair);
    }
}

TEST(of_one_run_a_side_four_trials_each_show_what_differs_within_these_runs)
{
    struct compared_pair pair;

    compare_go(&pair, "pppb pppb pppb pppb", "ppb ppb ppb ppb");
    assert_int_equal(change(&pair, COMPARED_CAPACITY)->difference, DIFFERENCE_HERE);
    assert_float_equal(change(&pair, COMPARED_CAPACITY)->ratio, 0.5, 1e-9);
    assert_int_equal(change(&pair, COMPARED_RELATIVE)->difference, DIFFERENCE_HERE);
    assert_true(pair.comparison.backends[0].common_level > 0);
    assert_int_equal(pair.comparison.backends[0].common_level, 1000);
    compared_pair_end(&pair);
}

TEST(fewer_trials_than_a_claim_takes_leave_a_difference_unproven)
{
    struct compared_pair pair;

    compare_go(&pair, "pppb", "ppb");
    assert_int_equal(change(&pair, COMPARED_CAPACITY)->difference, DIFFERENCE_UNPROVEN);
    assert_float_equal(change(&pair, COMPARED_CAPACITY)->confidence, 0, 0);
    compared_pair_end(&pair);
    compare_go(&pair, "pppb pppb pppb", "ppb ppb ppb");
    assert_int_equal(change(&pair, COMPARED_CAPACITY)->difference, DIFFERENCE_UNPROVEN);
    assert_float_equal(change(&pair, COMPARED_CAPACITY)->confidence, 0.9, 1e-9);
    compared_pair_end(&pair);
}

TEST(trials_that_overlap_show_no_difference)
{
    struct compared_pair pair;

    compare_go(&pair, "pppb ppb pppb ppb", "ppb pppb ppb ppb");
    assert_int_equal(change(&pair, COMPARED_CAPACITY)->difference, DIFFERENCE_NOT_SEEN);
    compared_pair_end(&pair);
}

TEST(a_service_that_holds_nothing_any_more_lost_everything)
{
    struct compared_pair pair;

    compare_go(&pair, "pb pb pb pb", "b b b b");
    assert_int_equal(change(&pair, COMPARED_CAPACITY)->difference, DIFFERENCE_HERE);
    assert_float_equal(change(&pair, COMPARED_CAPACITY)->ratio, 0, 0);
    assert_int_equal(pair.comparison.backends[0].common_level, 0);
    assert_int_equal(change(&pair, COMPARED_CPU)->difference, DIFFERENCE_NOT_KNOWN);
    compared_pair_end(&pair);
}

TEST(capacity_is_taken_relative_to_each_machine_s_own_reference_service)
{
    struct compared_pair pair;

    compared_pair_begin(&pair);
    compared_pair_add_go(&pair.logs[0], "ppb");
    compared_pair_add_go(&pair.logs[1], "pppb");
    pair.logs[0].run.calibration.throughput_rps = 100000;
    pair.logs[1].run.calibration.throughput_rps = 200000;
    compared_pair_compare(&pair);
    const struct compared_side *sides = pair.comparison.backends[0].sides;
    assert_float_equal(sides[0].figures[COMPARED_RELATIVE].middle, 0.01, 1e-12);
    assert_float_equal(sides[1].figures[COMPARED_RELATIVE].middle, 0.01, 1e-12);
    assert_float_equal(change(&pair, COMPARED_CAPACITY)->ratio, 2, 1e-12);
    assert_int_equal(change(&pair, COMPARED_RELATIVE)->difference, DIFFERENCE_NOT_SEEN);
    compared_pair_end(&pair);
}

TEST(without_a_calibration_nothing_is_relative)
{
    struct compared_pair pair;

    compared_pair_begin(&pair);
    compared_pair_add_go(&pair.logs[0], "ppb");
    compared_pair_add_go(&pair.logs[1], "ppb");
    pair.logs[1].run.calibration.done = false;
    compared_pair_compare(&pair);
    assert_int_equal(change(&pair, COMPARED_RELATIVE)->difference, DIFFERENCE_NOT_KNOWN);
    assert_true(isnan(pair.comparison.backends[0].sides[1].figures[COMPARED_RELATIVE].middle));
    compared_pair_end(&pair);
}

/* The step of that level of each trial, which stays a pass. */
static void make_dearer(struct run_log *log, uint64_t level, double by)
{
    for (size_t i = 0; i < log->step_count; i++) {
        struct step_record *step = &log->steps[i];
        for (size_t k = 0; step->level == level && k < step->sample_count; k++) {
            step->samples[k].cpu_ns = (uint64_t)((double)step->samples[k].cpu_ns * by);
            step->samples[k].rss_bytes = (uint64_t)((double)step->samples[k].rss_bytes * by);
        }
    }
}

TEST(costs_are_compared_at_the_highest_load_that_both_hold)
{
    struct compared_pair pair;

    compared_pair_begin(&pair);
    compared_pair_add_go(&pair.logs[0], "ppppb ppppb ppppb ppppb");
    compared_pair_add_go(&pair.logs[1], "pppb pppb pppb pppb");
    make_dearer(&pair.logs[1], 2000, 1.2);
    make_dearer(&pair.logs[1], 1000, 3);
    compared_pair_compare(&pair);
    assert_int_equal(pair.comparison.backends[0].common_level, 2000);
    assert_int_equal(change(&pair, COMPARED_CPU)->difference, DIFFERENCE_HERE);
    assert_float_equal(change(&pair, COMPARED_CPU)->ratio, 1.2, 0.01);
    assert_int_equal(change(&pair, COMPARED_MEMORY)->difference, DIFFERENCE_HERE);
    assert_float_equal(change(&pair, COMPARED_MEMORY)->ratio, 1.2, 0.01);
    compared_pair_end(&pair);
}

/* --- who is there, and in which order they break -------------------------------------------------------------------
 */

TEST(a_service_of_one_run_only_is_listed_and_not_compared)
{
    struct compared_pair pair;

    compared_pair_begin(&pair);
    compared_pair_add_go(&pair.logs[0], "ppb");
    log_builder_backend(&pair.logs[1], "rust");
    log_builder_climb(&pair.logs[1], "rust", 0, "ppb");
    compared_pair_compare(&pair);
    assert_int_equal(pair.comparison.backend_count, 2);
    assert_int_equal(pair.comparison.shared_count, 0);
    for (size_t i = 0; i < 2; i++) {
        const struct compared_backend *backend = &pair.comparison.backends[i];
        size_t with = strcmp(backend->name, "rust") == 0;
        assert_non_null(backend->sides[with].finding);
        assert_null(backend->sides[1 - with].finding);
        assert_int_equal(backend->judged, 1);
        assert_int_equal(backend->sides[1].figures[COMPARED_CAPACITY].change.difference, DIFFERENCE_NOT_KNOWN);
    }
    compared_pair_end(&pair);
}

static void add_rust(struct run_log *log, const char *letters)
{
    log_builder_backend(log, "rust");
    log_builder_climb(log, "rust", 0, letters);
}

TEST(services_that_turn_round_break_in_another_order)
{
    static const struct {
        const char *go[2], *rust[2];
        bool same;
    } cases[] = {
        {{"ppb", "pppb"}, {"ppppb", "pppppb"}, true},   /* all faster */
        {{"ppb", "pppppb"}, {"ppppb", "ppb"}, false},   /* turned round */
        {{"ppb", "ppppb"}, {"ppppb", "ppppb"}, true},   /* together is no other order */
        {{"ppb", "pppppp"}, {"ppppb", "ppppb"}, false}, /* one that holds twice what broke the other is behind it */
        {{"ppb", "ppppp"}, {"ppppb", "ppppb"}, true},   /* one that holds just that may be any other */
        {{"ppb", "ppppp"}, {"ppppb", "pppppb"}, true},  /* where one that did not break ends is not known */
        {{"ppb", "ppppp"}, {"ppppb", "pppp"}, true},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct compared_pair pair;
        compared_pair_begin(&pair);
        for (size_t run = 0; run < 2; run++) {
            compared_pair_add_go(&pair.logs[run], cases[i].go[run]);
            add_rust(&pair.logs[run], cases[i].rust[run]);
        }
        compared_pair_compare(&pair);
        assert_int_equal(pair.comparison.shared_count, 2);
        assert_int_equal(pair.comparison.order_same, cases[i].same);
        compared_pair_end(&pair);
    }
}

/* Every step that breaks does so by failures instead of by latency. */
static void fail_instead(struct run_log *log)
{
    struct step_builder builder;

    step_builder_init(&builder, 2000);
    builder.backend = "go";
    builder.index = 2;
    step_builder_fail(&builder, 4, BUILT_INTERVALS, 20, FAILURE_STATUS);
    log_builder_step(log, &builder);
}

TEST(another_limit_that_breaks_first_is_no_agreement)
{
    struct compared_pair pair;

    compared_pair_begin(&pair);
    compared_pair_add_go(&pair.logs[0], "ppb");
    compared_pair_add_go(&pair.logs[1], "pp");
    fail_instead(&pair.logs[1]);
    compared_pair_compare(&pair);
    assert_int_equal(pair.comparison.backends[0].judged, 2);
    assert_int_equal(pair.comparison.backends[0].order, AGREEMENT_NONE);
    compared_pair_end(&pair);
}
