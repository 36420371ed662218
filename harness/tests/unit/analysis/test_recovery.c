#include "analysis/after/recovery.h"

#include "judging.h"
#include "test.h"

/* The ladder's last step ends 5 s after its start; the load of the first one is back 1.2 s later. */
#define GAP_MS 1200

struct case_of {
    struct step_record first, last, recovery;
    struct recovery_finding finding;
};

static const struct memory_reading idle = {.rss_bytes = 12 << 20};

static void find(struct case_of *at, const struct step_builder *after)
{
    struct step_builder first, last;

    step_builder_init(&first, 500);
    step_builder_init(&last, 32000);
    step_builder_slow(&last, 4, BUILT_INTERVALS, last.intervals[0].offered / 10, 75);
    step_builder_make(&first, &at->first);
    step_builder_make(&last, &at->last);
    step_builder_make(after, &at->recovery);
    at->first.memory.rss_bytes = 20 << 20;
    at->recovery.memory = (struct memory_reading){.rss_bytes = 90 << 20, .pss_bytes = 53 << 20};
    at->recovery.load.started_ns = at->last.load.started_ns + (BUILT_MEASURED_MS + GAP_MS) * MS;
    const struct recovery_ladder ladder = {.first = &at->first,
                                           .last = &at->last,
                                           .highest_bytes = 108 << 20,
                                           .idle = &idle};
    recovery_find(&ladder, &at->recovery, &usual_limits, &at->finding);
}

static void release(struct case_of *at)
{
    step_record_release(&at->first);
    step_record_release(&at->last);
    step_record_release(&at->recovery);
}

static struct step_builder well(void)
{
    struct step_builder builder;
    step_builder_init(&builder, 500);
    return builder;
}

/* Recovered at interval `interval` of 250 ms; BUILT_INTERVALS: never. */
static void check_recovers(const struct step_builder *after, uint64_t interval)
{
    struct case_of at;

    find(&at, after);
    assert_int_equal(at.finding.recovered, interval < BUILT_INTERVALS);
    assert_int_equal(at.finding.after_ns, (GAP_MS + interval * BUILT_INTERVAL_MS) * MS);
    assert_int_equal(at.finding.within_ns, (GAP_MS + BUILT_MEASURED_MS) * MS);
    assert_false(at.finding.died);
    release(&at);
}

TEST(a_service_that_is_well_at_once_took_as_long_as_its_late_responses)
{
    struct step_builder after = well();
    check_recovers(&after, 0);
}

TEST(it_has_recovered_when_its_times_are_within_the_limit_again)
{
    struct step_builder after = well();

    step_builder_slow(&after, 0, 7, 60, 400);
    check_recovers(&after, 7);
}

TEST(errors_are_no_recovery)
{
    struct step_builder after = well();

    step_builder_fail(&after, 0, 5, 40, FAILURE_STATUS);
    check_recovers(&after, 5);
}

TEST(a_backlog_that_is_left_is_no_recovery)
{
    struct step_builder after = well();

    for (size_t i = 0; i < 9; i++) {
        after.intervals[i].in_flight = 200;
    }
    check_recovers(&after, 9);
}

/* One good interval between bad ones is luck. */
TEST(it_has_to_stay_well)
{
    struct step_builder after = well();

    step_builder_slow(&after, 0, 2, 60, 400);
    step_builder_slow(&after, 3, 5, 60, 400);
    check_recovers(&after, 5);
}

/* One slow request in a hundred is what a p99 allows. */
TEST(one_slow_moment_long_after_does_not_undo_it)
{
    struct step_builder after = well();

    step_builder_slow(&after, 0, 3, 60, 400);
    after.intervals[15].slow = 2;
    after.intervals[15].slow_ms = 90;
    check_recovers(&after, 3);
}

TEST(a_service_that_stays_slow_has_not_recovered)
{
    struct step_builder after = well();

    step_builder_slow(&after, 0, BUILT_INTERVALS, 60, 400);
    check_recovers(&after, BUILT_INTERVALS);
}

TEST(memory_is_told_with_shared_pages_once)
{
    struct step_builder after = well();
    struct case_of at;

    find(&at, &after);
    assert_int_equal(at.finding.idle_bytes, 12 << 20);
    assert_int_equal(at.finding.first_bytes, 20 << 20);
    assert_int_equal(at.finding.highest_bytes, 108 << 20);
    assert_int_equal(at.finding.held_bytes, 53 << 20);
    release(&at);
}

TEST(the_dead_do_not_recover)
{
    struct step_builder after = well();
    struct case_of at;
    struct recovery_finding finding;

    step_builder_die(&after, 2500, -1, 11);
    find(&at, &after);
    assert_true(at.finding.died);
    assert_false(at.finding.recovered);
    at.last.death.died = true;
    const struct recovery_ladder ladder = {.first = &at.first, .last = &at.last, .idle = &idle};
    recovery_find(&ladder, NULL, &usual_limits, &finding);
    assert_true(finding.died);
    assert_null(finding.record);
    release(&at);
}
