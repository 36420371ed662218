/* What makes a step of subscribers no measurement. */
#include "analysis/verdict/verdict.h"

#include "judging.h"
#include "test.h"

/* The limit is 50 ms: a tenth of it is 5 ms. */
TEST(a_wall_clock_that_was_set_by_more_than_a_tenth_of_the_limit_makes_a_step_invalid)
{
    struct step_builder builder = healthy_step();
    struct step_record record;

    step_builder_make(&builder, &record);
    record.load.wall_stepped_ns = 5 * MS;
    struct step_verdict verdict = judge_record(&record, &usual_limits, NULL, false);
    assert_int_equal(verdict.verdict, VERDICT_PASS);
    assert_false(verdict.invalid[INVALID_CLOCK_SET]);
    record.load.wall_stepped_ns = 5 * MS + 1;
    verdict = judge_record(&record, &usual_limits, NULL, false);
    assert_int_equal(verdict.verdict, VERDICT_INVALID);
    assert_true(verdict.invalid[INVALID_CLOCK_SET]);
    step_record_release(&record);
}

/* What is the send lag of requests is how long a message may have lain unread. */
TEST(messages_that_lay_unread_for_more_than_a_tenth_of_the_limit_make_a_step_invalid)
{
    struct request request = {.name = (char *)"subscribe", .stream = true};
    const struct traffic traffic = {.requests = &request, .request_count = 1};
    struct step_builder builder = healthy_step();
    struct step_record record;

    builder.lag_us = 5000;
    step_builder_make(&builder, &record);
    struct step_verdict verdict = judge_record(&record, &usual_limits, &traffic, false);
    assert_int_equal(verdict.verdict, VERDICT_PASS);
    step_record_release(&record);
    builder.lag_us = 5100;
    step_builder_make(&builder, &record);
    verdict = judge_record(&record, &usual_limits, &traffic, false);
    assert_int_equal(verdict.verdict, VERDICT_INVALID);
    assert_true(verdict.invalid[INVALID_READ_LATE]);
    assert_false(verdict.invalid[INVALID_SEND_LAG]);
    step_record_release(&record);
}
