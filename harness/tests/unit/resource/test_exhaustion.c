#include "analysis/resource/exhaustion.h"

#include "test.h"

#include <math.h>

static const struct projection none = {PROJECTION_NONE, NAN, NAN, NAN};

/* Of one core: held, not used up … */
static struct resource_point left(double load, double used)
{
    return (struct resource_point){.load = load, .used = used, .most = 0.9, .held = true, .whole = true};
}

/* … broken, and used up. */
static struct resource_point gone(double load, double used)
{
    return (struct resource_point){.load = load, .used = used, .most = 0.9, .exhausted = true, .whole = true};
}

TEST(what_was_never_used_up_has_no_load_for_it)
{
    const struct resource_point points[] = {left(1000, 0.2), left(2000, 0.4)};
    struct exhaustion found = {.at = -1};

    assert_false(exhaustion_find(points, 2, &none, &found));
    assert_false(exhaustion_find(points, 0, &none, &found));
    assert_true(found.at == -1);
}

TEST(it_lies_between_the_last_load_with_some_left_and_the_first_without)
{
    const struct resource_point points[] = {left(1000, 0.2), gone(8000, 0.98), left(4000, 0.8), gone(4500, 0.95),
                                            left(2000, 0.4)};
    struct exhaustion found;

    assert_true(exhaustion_find(points, 5, &none, &found));
    assert_true(found.low == 4000 && found.high == 4500);
    assert_float_equal(found.at, 4000 + 500 * (0.1 / 0.15), 1e-6); /* 0.9 on the line from 0.8 to 0.95 */
}

TEST(a_projection_is_kept_between_the_two)
{
    const struct resource_point points[] = {left(1000, 0.2), left(4000, 0.8), gone(8000, 0.99)};
    struct projection projection = {PROJECTION_MADE, 4700, 4100, 5500};
    struct exhaustion found;

    assert_true(exhaustion_find(points, 3, &projection, &found));
    assert_true(found.at == 4700);
    projection.at = 3000;
    assert_true(exhaustion_find(points, 3, &projection, &found));
    assert_true(found.at == 4000);
    projection.at = 90000;
    assert_true(exhaustion_find(points, 3, &projection, &found));
    assert_true(found.at == 8000);
    assert_true(found.low == 4000 && found.high == 8000);
}

/* A queue that overflowed shows no amount. */
TEST(without_amounts_it_is_where_it_was_seen)
{
    const struct resource_point points[] = {left(1000, NAN), left(2000, NAN), gone(4000, NAN)};
    struct exhaustion found;

    assert_true(exhaustion_find(points, 3, &none, &found));
    assert_true(found.low == 2000 && found.at == 4000 && found.high == 4000);
}

TEST(used_up_at_the_lowest_load_has_nothing_below)
{
    const struct resource_point points[] = {gone(1000, 0.99), gone(2000, 0.99)};
    struct exhaustion found;

    assert_true(exhaustion_find(points, 2, &none, &found));
    assert_true(found.low == 0 && found.at == 1000 && found.high == 1000);
}

TEST(one_moment_that_two_higher_loads_contradict_does_not_count)
{
    const struct resource_point points[] = {left(500, 0.1), gone(1000, 0.95), left(2000, 0.3), left(4000, 0.6),
                                            gone(8000, 0.99)};
    struct exhaustion found;

    assert_true(exhaustion_find(points, 5, &none, &found));
    assert_true(found.low == 4000 && found.high == 8000);
}

/* It got less done than at 4,000/s, and so used less. */
TEST(a_broken_step_above_contradicts_nothing)
{
    struct resource_point broken = left(16000, 0.7);
    broken.held = false;
    const struct resource_point points[] = {left(2000, 0.5), gone(4000, 0.95), broken};
    struct exhaustion found;

    assert_true(exhaustion_find(points, 3, &none, &found));
    assert_true(found.low == 2000 && found.high == 4000);
}

TEST(a_step_in_which_the_service_died_leaves_nothing)
{
    struct resource_point died = left(3000, 0.1);
    died.held = died.whole = false;
    const struct resource_point points[] = {left(2000, 0.5), died, gone(4000, 0.95)};
    struct exhaustion found;

    assert_true(exhaustion_find(points, 3, &none, &found));
    assert_true(found.low == 2000);
}
