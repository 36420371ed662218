/* When it is the generator's fault, and when the service's, that requests were never sent. */
#include "analysis/verdict/verdict.h"

#include "judging.h"
#include "test.h"

/* `unsent` of 10,000, with connections of which most are free. */
static struct step_builder unsent_step(uint64_t unsent)
{
    struct step_builder builder = healthy_step();

    step_builder_fail(&builder, 0, 20, unsent / 20, FAILURE_UNSENT);
    builder.intervals[19].failed += unsent % 20;
    return builder;
}

TEST(two_in_a_hundred_may_stay_unsent)
{
    struct step_builder builder = unsent_step(200);

    check_valid(&builder, &usual_limits, VERDICT_BREAK);
    builder = unsent_step(201);
    check_invalid(&builder, &usual_limits, INVALID_UNSENT);
}

TEST(requests_stay_unsent_by_right_while_all_connections_are_busy)
{
    struct step_builder builder = unsent_step(2000);

    builder.connections = 1000;
    builder.mean_in_flight = 899;
    check_invalid(&builder, &usual_limits, INVALID_UNSENT);
    builder.mean_in_flight = 900;
    check_valid(&builder, &usual_limits, VERDICT_BREAK);
}

TEST(requests_stay_unsent_by_right_where_no_connection_could_be_made)
{
    struct step_builder builder = unsent_step(2000);

    step_builder_fail(&builder, 3, 4, 1, FAILURE_CONNECT);
    check_valid(&builder, &usual_limits, VERDICT_BREAK);
}

/* A service that freezes for the last three of five seconds: the connections fill up with requests that are never
 * answered, the rest stays unsent, and over the whole step half of the connections were free. */
TEST(a_service_that_freezes_half_way_is_a_break_and_not_the_generators_fault)
{
    struct step_builder builder = healthy_step();

    builder.connections = 1024;
    step_builder_fail(&builder, 8, 10, 500, FAILURE_UNANSWERED);
    step_builder_fail(&builder, 10, 20, 500, FAILURE_UNSENT);
    builder.mean_in_flight = 580;
    check_valid(&builder, &usual_limits, VERDICT_BREAK);
    builder.connections = 1200; /* two hundred of them were free */
    check_invalid(&builder, &usual_limits, INVALID_UNSENT);
}

/* One that answers nothing from the warm-up on: most connections hold requests of the warm-up, which are not counted,
 * and were free in the mean until these had filled them. */
TEST(a_service_that_hangs_from_the_warm_up_on_is_a_break_and_not_the_generators_fault)
{
    struct step_builder builder = healthy_step();

    builder.connections = 1024;
    step_builder_fail(&builder, 0, 1, 100, FAILURE_UNANSWERED);
    step_builder_fail(&builder, 1, 20, 500, FAILURE_UNSENT);
    builder.mean_in_flight = 900;
    builder.held_at_end = 1024;
    check_valid(&builder, &usual_limits, VERDICT_BREAK);
    builder.held_at_end = 920; /* more than a tenth were free */
    check_invalid(&builder, &usual_limits, INVALID_UNSENT);
}
