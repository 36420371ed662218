#include "analysis/after/leak.h"

#include "base/mem.h"
#include "step_builder.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

#define MIB      1048576.0
#define LIMIT    (UINT64_C(512) << 20)
#define SECONDS  60
#define A_SECOND 10 /* readings */

/* What the service holds `second` seconds into the step, in MiB. */
typedef double course(double second);

/* A minute in intervals of a second, read ten times in each, and ten times before it. */
static struct step_record make_step(course *held)
{
    struct step_builder builder;
    struct step_record step;

    step_builder_init(&builder, 500);
    step_builder_make(&builder, &step);
    load_record_release(&step.load);
    load_record_init(&step.load, SECONDS);
    step.load.started_ns = BUILT_STARTED_NS;
    step.load.measured_ns = UINT64_C(1000000000) * SECONDS;
    step.load.interval_ns = UINT64_C(1000000000);
    free(step.samples);
    step.sample_count = (size_t)(SECONDS + 1) * A_SECOND;
    step.samples = mem_new(step.sample_count, sizeof *step.samples);
    for (size_t i = 0; i < step.sample_count; i++) {
        double second = (double)i / A_SECOND - 1 + 0.05;
        step.samples[i].at_ns = BUILT_STARTED_NS + (uint64_t)(int64_t)(second * 1e9);
        step.samples[i].rss_bytes = (uint64_t)(held(second) * MIB);
    }
    step.memory = (struct memory_reading){0};
    return step;
}

static struct leak find(course *held)
{
    struct step_record step = make_step(held);
    struct leak leak;

    leak_find(&step, LIMIT, &leak);
    step_record_release(&step);
    return leak;
}

static bool near(double value, double expected, double share)
{
    return fabs(value - expected) <= share * fabs(expected);
}

static double leaks(double second)
{
    return second < 0 ? 500 : 100 + 0.1 * second + 0.02 * sin(9.7 * second);
}

static double stays(double second)
{
    return second < 0 ? 500 : 100;
}

static double saws(double second)
{
    return 100 + 60 * fmod(second + 10, 12) / 12;
}

static double warms_up(double second)
{
    return 100 + 20 * (1 - exp(-second / 6)) + 0.5 * sin(40 * second);
}

static double warms_up_and_leaks(double second)
{
    return warms_up(second) + 0.1 * second;
}

static double falls(double second)
{
    return 200 - 0.5 * second;
}

TEST(a_leak_has_its_rate_and_its_time_to_the_limit)
{
    struct leak leak = find(leaks);

    assert_true(leak.known);
    assert_true(leak.rises);
    assert_false(leak.levels_off);
    assert_true(near((double)leak.start_bytes, 100.05 * MIB, 0.001));
    assert_true(near((double)leak.end_bytes, 105.95 * MIB, 0.001));
    assert_true(near(leak.bytes_per_s.slope, 0.1 * MIB, 0.01));
    assert_true(leak.bytes_per_s.low <= 0.1 * MIB && leak.bytes_per_s.high >= 0.1 * MIB);
    assert_true(near(leak.limit_after_s, (512 - 105.95) / 0.1, 0.02));
}

TEST(without_a_limit_there_is_none_to_come_to)
{
    struct step_record step = make_step(leaks);
    struct leak leak;

    leak_find(&step, 0, &leak);
    assert_true(leak.rises);
    assert_true(leak.limit_after_s == 0);
    leak_find(&step, UINT64_C(90) << 20, &leak);
    assert_true(leak.limit_after_s == 0); /* it is past that */
    step_record_release(&step);
}

TEST(memory_that_stays_or_falls_or_saws_does_not_rise)
{
    static course *const courses[] = {stays, falls, saws};

    for (size_t i = 0; i < sizeof courses / sizeof courses[0]; i++) {
        struct leak leak = find(courses[i]);
        assert_true(leak.known);
        assert_false(leak.rises);
        assert_true(leak.limit_after_s == 0);
    }
}

TEST(what_warms_up_is_no_leak)
{
    struct leak leak = find(warms_up);

    assert_true(leak.known);
    assert_true(leak.rises);
    assert_true(leak.levels_off);
    assert_true(leak.limit_after_s == 0);
}

TEST(what_warms_up_may_leak_all_the_same)
{
    struct leak leak = find(warms_up_and_leaks);

    assert_true(leak.rises);
    assert_false(leak.levels_off);
}

TEST(pages_that_processes_share_count_once)
{
    struct step_record step = make_step(leaks);
    struct leak leak;

    step.memory = (struct memory_reading){.rss_bytes = 100, .pss_bytes = 25};
    leak_find(&step, LIMIT, &leak);
    assert_true(near(leak.bytes_per_s.slope, 0.025 * MIB, 0.01));
    step_record_release(&step);
}

/* Nothing is read of a process that is gone. */
TEST(only_the_intervals_before_a_death_count)
{
    struct step_record step = make_step(leaks);
    struct leak leak;

    step.death = (struct death){.died = true, .at_ns = step.load.started_ns + UINT64_C(30500000000)};
    for (size_t i = 0; i < step.sample_count; i++) {
        if (step.samples[i].at_ns > step.death.at_ns) {
            step.samples[i].rss_bytes = 0;
        }
    }
    leak_find(&step, LIMIT, &leak);
    assert_true(near((double)leak.end_bytes, 102.95 * MIB, 0.001));
    assert_true(near(leak.bytes_per_s.slope, 0.1 * MIB, 0.01));
    step.death.at_ns = step.load.started_ns - 1;
    leak_find(&step, LIMIT, &leak);
    assert_false(leak.known);
    step_record_release(&step);
}

TEST(intervals_without_a_reading_go_on_with_the_last_one)
{
    struct step_record step = make_step(leaks);
    struct leak leak;

    for (size_t i = 0; i < step.sample_count; i++) {
        if (i >= 200 && i < 230) {
            step.samples[i].rss_bytes = 0;
        }
    }
    leak_find(&step, LIMIT, &leak);
    assert_true(leak.rises);
    assert_true(near(leak.bytes_per_s.slope, 0.1 * MIB, 0.02));
    step.sample_count = 0;
    leak_find(&step, LIMIT, &leak);
    assert_false(leak.known);
    assert_false(leak.rises);
    step_record_release(&step);
}
