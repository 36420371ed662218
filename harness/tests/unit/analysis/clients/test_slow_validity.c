/* Slow connections that are not there, and whether the step says anything about its service then. */
#include "analysis/verdict/verdict.h"
#include "judging.h"
#include "test.h"

static struct step_builder broken_step(void)
{
    struct step_builder builder = healthy_step();
    step_builder_slow(&builder, 4, 20, 60, 75);
    return builder;
}

static enum verdict beside(struct step_builder *builder, const struct slow_tally *slow, enum invalidity invalidity)
{
    struct step_record record;
    struct step_verdict verdict;

    step_builder_make(builder, &record);
    record.load.slow = *slow;
    verdict = judge_record(&record, &usual_limits, NULL, false);
    assert_int_equal(verdict.invalid[invalidity], verdict.verdict == VERDICT_INVALID);
    step_record_release(&record);
    return verdict.verdict;
}

/* What the generator's machine had no room for, or what came late, was not there to be borne; what the service refused
 * or closed was its own doing. */
TEST(slow_connections_that_are_not_there_through_the_generator_make_a_step_invalid)
{
    struct step_builder slow = broken_step(), healthy = healthy_step();

    const struct slow_tally some = {.wanted = 1000, .denied = 10}, many = {.wanted = 1000, .denied = 11};
    assert_int_equal(beside(&healthy, &some, INVALID_DENIED), VERDICT_PASS);
    assert_int_equal(beside(&slow, &some, INVALID_DENIED), VERDICT_INVALID);
    assert_int_equal(beside(&healthy, &many, INVALID_DENIED), VERDICT_INVALID);
    const struct slow_tally late = {.wanted = 1000, .missing = 10}, later = {.wanted = 1000, .missing = 11};
    assert_int_equal(beside(&healthy, &late, INVALID_OPENING), VERDICT_PASS);
    assert_int_equal(beside(&healthy, &later, INVALID_OPENING), VERDICT_INVALID);
    const struct slow_tally refused = {.wanted = 1000, .refused = 900, .opened = 100, .closed = 100};
    assert_int_equal(beside(&healthy, &refused, INVALID_DENIED), VERDICT_PASS);
    assert_int_equal(beside(&slow, &refused, INVALID_OPENING), VERDICT_BREAK);
}
