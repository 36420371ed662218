/* Several limits broken in one step, with and without a crash: what came first. */
#include "analysis/verdict/verdict.h"

#include "base/random.h"
#include "judging.h"
#include "test.h"

#include <signal.h>

/* --- crash ------------------------------------------------------------------------------------------------------- */

TEST(a_crash_before_the_measured_part_is_at_its_start)
{
    struct step_builder builder = healthy_step();
    step_builder_die(&builder, -300, 1, 0);
    check_breaks(&builder, &usual_limits, LIMIT_CRASH, 0);
}

TEST(a_crash_while_the_step_drains_is_a_break_too)
{
    struct step_builder builder = healthy_step();
    step_builder_die(&builder, 5400, -1, SIGSEGV);
    check_breaks(&builder, &usual_limits, LIMIT_CRASH, 5400);
}

TEST(what_a_crash_brings_with_it_comes_after_it)
{
    struct step_builder builder = healthy_step();

    /* It ends at 2,600 ms: 300 requests of that interval and all later ones fail. */
    step_builder_die(&builder, 2600, -1, SIGSEGV);
    step_builder_fail(&builder, 10, 11, 300, FAILURE_RESET);
    step_builder_fail(&builder, 11, 20, 500, FAILURE_CONNECT);
    struct step_verdict verdict = judged(&builder, &usual_limits);
    assert_int_equal(verdict.verdict, VERDICT_BREAK);
    check_order(&verdict, (const enum limit[]){LIMIT_CRASH, LIMIT_ERRORS, LIMIT_THROUGHPUT}, 3);
    assert_int_equal(verdict.breaches[1].at_ns, 2750 * MS);
}

TEST(requests_that_a_crash_caught_under_way_do_not_come_before_it)
{
    struct step_builder builder = healthy_step();

    /* It ends just after an interval has: the six requests under way then were due before. */
    step_builder_die(&builder, 2501, -1, SIGSEGV);
    step_builder_fail(&builder, 9, 10, 6, FAILURE_RESET);
    step_builder_fail(&builder, 10, 20, 500, FAILURE_CONNECT);
    struct step_verdict verdict = judged(&builder, &usual_limits);
    check_order(&verdict, (const enum limit[]){LIMIT_CRASH, LIMIT_ERRORS, LIMIT_THROUGHPUT}, 3);
    assert_int_equal(verdict.breaches[1].at_ns, 2750 * MS);
}

TEST(after_a_crash_every_failure_counts)
{
    struct step_builder builder = healthy_step();

    /* The first process ends, others go on: fewer fail than are under way. */
    step_builder_die(&builder, 2501, -1, SIGSEGV);
    step_builder_fail(&builder, 10, 20, 5, FAILURE_RESET);
    struct step_verdict verdict = judged(&builder, &usual_limits);
    check_order(&verdict, (const enum limit[]){LIMIT_CRASH, LIMIT_ERRORS}, 2);
    assert_int_equal(verdict.breaches[1].at_ns, 2750 * MS);
}

TEST(failures_that_a_crash_at_the_end_may_all_have_caused_come_at_the_end)
{
    struct step_builder builder = healthy_step();

    step_builder_die(&builder, 4990, -1, SIGSEGV);
    step_builder_fail(&builder, 14, 19, 6, FAILURE_UNANSWERED);
    struct limits errors = {.error_share = 0.001};
    struct step_verdict verdict = judged(&builder, &errors);
    check_order(&verdict, (const enum limit[]){LIMIT_CRASH, LIMIT_ERRORS}, 2);
    assert_int_equal(verdict.breaches[1].at_ns, 5000 * MS);
    builder.intervals[16].failed = 7; /* one more than were under way */
    verdict = judged(&builder, &errors);
    check_order(&verdict, (const enum limit[]){LIMIT_ERRORS, LIMIT_CRASH}, 2);
    assert_int_equal(verdict.breaches[0].at_ns, 4250 * MS);
}

TEST(a_limit_broken_well_before_a_crash_comes_before_it)
{
    struct step_builder builder = healthy_step();

    step_builder_slow(&builder, 3, 10, 60, 75);
    step_builder_fail(&builder, 6, 10, 60, FAILURE_STATUS);
    step_builder_fail(&builder, 10, 20, 500, FAILURE_CONNECT);
    step_builder_die(&builder, 2501, -1, SIGKILL);
    struct step_verdict verdict = judged(&builder, &usual_limits);
    check_order(&verdict, (const enum limit[]){LIMIT_LATENCY, LIMIT_ERRORS, LIMIT_THROUGHPUT, LIMIT_CRASH}, 4);
    assert_int_equal(verdict.breaches[1].at_ns, 1750 * MS);
}

/* --- order ------------------------------------------------------------------------------------------------------- */

TEST(breaches_come_in_the_order_of_their_time)
{
    struct step_builder builder = healthy_step();
    const enum limit order[] = {LIMIT_MEMORY, LIMIT_QUEUE, LIMIT_ERRORS, LIMIT_LATENCY, LIMIT_CRASH};
    struct limits limits = usual_limits;

    limits.throughput_share = 0;
    builder.host.rss_mib = 600;
    step_builder_queue(&builder, 10, 580);
    step_builder_fail(&builder, 9, 20, 3, FAILURE_STATUS);
    step_builder_slow(&builder, 13, 20, 60, 75);
    step_builder_die(&builder, 4900, 1, 0);
    struct step_verdict verdict = judged(&builder, &limits);
    check_order(&verdict, order, 5);
}

TEST(breaches_of_the_same_moment_come_in_a_fixed_order)
{
    struct step_builder builder = healthy_step();

    step_builder_die(&builder, 1250, 1, 0);
    step_builder_slow(&builder, 4, 5, 150, 75);
    step_builder_fail(&builder, 4, 5, 350, FAILURE_TIMEOUT);
    step_builder_fail(&builder, 5, 9, 350, FAILURE_TIMEOUT);
    builder.host.rss_mib = 513;
    struct step_verdict verdict = judged(&builder, &usual_limits);
    const enum limit order[] = {LIMIT_MEMORY, LIMIT_CRASH, LIMIT_LATENCY, LIMIT_ERRORS, LIMIT_THROUGHPUT};
    check_order(&verdict, order, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(verdict.breaches[i].at_ns, i == 0 ? 0 : 1250 * MS);
    }
}

static void make_random(struct step_builder *builder, struct random *random)
{
    *builder = healthy_step();
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        step_builder_slow(builder, i, i + 1, random_below(random, 20), 40 + (double)random_below(random, 30));
        step_builder_fail(builder, i, i + 1, random_below(random, 3) * random_below(random, 60),
                          (enum failure)random_below(random, FAILURE_COUNT));
        builder->intervals[i].in_flight = random_below(random, 40) * (i + 1);
    }
    builder->host.rss_mib = 505 + (double)random_below(random, 14);
    if (random_below(random, 2) == 0) {
        step_builder_die(builder, (double)random_below(random, 7000) - 1000, 1, 0);
    }
}

TEST(whatever_happened_each_limit_breaks_at_most_once_and_in_order)
{
    struct random random;

    random_init(&random, 1, 2);
    for (int round = 0; round < 200; round++) {
        struct step_builder builder;
        bool seen[LIMIT_COUNT] = {0};
        make_random(&builder, &random);
        struct step_verdict verdict = judged(&builder, &usual_limits);
        assert_true(verdict.breach_count <= LIMIT_COUNT);
        for (size_t i = 0; i < verdict.breach_count; i++) {
            assert_false(seen[verdict.breaches[i].limit]);
            seen[verdict.breaches[i].limit] = true;
            assert_true(i == 0 || verdict.breaches[i - 1].at_ns <= verdict.breaches[i].at_ns);
        }
        assert_int_equal(seen[LIMIT_CRASH], builder.death.died);
        assert_int_equal(seen[LIMIT_MEMORY], builder.host.rss_mib > 512);
        assert_true(verdict.verdict != VERDICT_PASS || verdict.breach_count == 0);
        assert_true(verdict.verdict != VERDICT_BREAK || verdict.breach_count > 0);
    }
}
