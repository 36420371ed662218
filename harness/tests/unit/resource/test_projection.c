#include "analysis/resource/projection.h"

#include "base/random.h"
#include "test.h"

#include <math.h>
#include <stdbool.h>

/* ---- what is known exactly -------------------------------------------------------------------------------------- */

/* `base` + `each` * load at each level of a ladder from 500/s. */
static size_t make_ladder(struct projection_point *points, size_t steps, double base, double each)
{
    for (size_t i = 0; i < steps; i++) {
        double load = 500 * pow(2, (double)i);
        points[i] = (struct projection_point){load, base + each * load};
    }
    return steps;
}

static void check_contains(const struct projection *found, double truth)
{
    assert_int_equal(found->kind, PROJECTION_MADE);
    assert_float_equal(found->at, truth, truth * 1e-6);
    assert_true(found->low < truth && truth < found->high);
}

/* 100 us of CPU a request: a core is used up at 10,000/s, and 90 % of it at 9,000/s. */
TEST(a_constant_demand_is_projected_to_where_the_core_ends)
{
    struct projection_point points[4];
    struct projection found;

    projection_find(points, make_ladder(points, 4, 0, 100e-6), 1, &found);
    check_contains(&found, 10000);
    assert_true(found.low > 7500 && found.high < 20000);
    projection_find(points, 4, 0.9, &found);
    check_contains(&found, 9000);
    assert_true(found.low < 10000 && 10000 < found.high);
}

TEST(the_use_at_a_load_is_that_of_the_line)
{
    struct projection_point points[4], flat[4];

    make_ladder(points, 4, 0.05, 100e-6);
    assert_float_equal(projection_use(points, 4, 8000), 0.85, 1e-9);
    assert_float_equal(projection_use(points, 4, 32000), 3.25, 1e-9);
    assert_true(isnan(projection_use(points, 4, 17 * 4000))); /* further than any line says something */
    assert_true(isnan(projection_use(points, 2, 8000)));      /* two loads are no line */
    make_ladder(flat, 4, 60e6, 0);
    assert_float_equal(projection_use(flat, 4, 8000), 60e6, 1);
}

/* CPU a request falls with the load: 0.05 cores are used by nothing at all. A constant demand would say 7,200/s. */
TEST(what_is_used_without_any_load_is_no_demand)
{
    struct projection_point points[4];
    struct projection found;

    projection_find(points, make_ladder(points, 4, 0.05, 112.5e-6), 0.95, &found);
    check_contains(&found, 8000);
}

/* 60 MB and 1 MB a connection. */
TEST(memory_of_connections_is_projected_to_its_limit)
{
    struct projection_point points[5];
    struct projection found;

    for (size_t i = 0; i < 5; i++) {
        double connections = (double)(8 << i);
        points[i] = (struct projection_point){connections, 60e6 + 1e6 * connections};
    }
    projection_find(points, 5, 512e6, &found);
    check_contains(&found, 452);
}

TEST(loads_far_below_the_highest_do_not_bend_the_line)
{
    struct projection_point points[8];
    struct projection with, without;

    make_ladder(points, 8, 0, 10e-6);
    for (size_t i = 0; i < 4; i++) {
        points[i].used *= 3;
    }
    projection_find(points, 8, 1, &with);
    projection_find(points + 4, 4, 1, &without);
    assert_true(with.at == without.at && with.high == without.high);
}

/* ---- what is not said ------------------------------------------------------------------------------------------- */

TEST(what_does_not_grow_is_flat)
{
    struct projection_point points[5];
    struct projection found;

    make_ladder(points, 5, 60e6, 0);
    projection_find(points, 5, 512e6, &found);
    assert_int_equal(found.kind, PROJECTION_FLAT);
    assert_true(isnan(found.at) && isnan(found.low) && isnan(found.high));
    points[4].used *= 0.8; /* nor what falls */
    projection_find(points, 5, 512e6, &found);
    assert_int_equal(found.kind, PROJECTION_FLAT);
}

TEST(a_line_is_not_followed_further_than_16_times)
{
    struct projection_point points[4];
    struct projection found;

    make_ladder(points, 4, 0, 1e-6); /* 0.004 cores at 4,000/s */
    projection_find(points, 4, 0.0639, &found);
    check_contains(&found, 63900);
    assert_true(isinf(found.high));
    projection_find(points, 4, 0.0641, &found);
    assert_int_equal(found.kind, PROJECTION_FAR);
    assert_true(isnan(found.at) && isinf(found.high));
    assert_true(found.low > 16000 && found.low < 64000);
}

TEST(two_loads_make_no_projection)
{
    const struct projection_point points[] = {{500, 0.1}, {1000, 0.2}, {1000, 0.2}, {500, 0.1}};
    struct projection found;

    projection_find(points, 4, 1, &found);
    assert_int_equal(found.kind, PROJECTION_NONE);
    projection_find(points, 0, 1, &found);
    assert_int_equal(found.kind, PROJECTION_NONE);
}

TEST(it_is_never_below_the_highest_load)
{
    struct projection_point points[4];
    struct projection found;

    projection_find(points, make_ladder(points, 4, 0, 100e-6), 0.3, &found);
    assert_int_equal(found.kind, PROJECTION_MADE);
    assert_true(found.at == 4000 && found.low == 4000);
}

/* ---- coverage --------------------------------------------------------------------------------------------------- */

static double normal(struct random *random)
{
    return sqrt(-2 * log(random_unit(random))) * cos(2 * acos(-1) * random_unit(random));
}

struct service {
    const char *name;
    double scatter; /* of each step */
    double between; /* of each trial */
    double bend;    /* the demand grows with this power of the load */
    unsigned trials;
};

static void measure(const struct service *service, double truth, struct random *random, struct projection *ret_found)
{
    struct projection_point points[64];
    double base = 0.1 * random_unit(random);
    size_t count = 0;

    for (unsigned trial = 0; trial < service->trials; trial++) {
        double level = 1 + service->between * normal(random);
        for (unsigned i = 0; i < 4; i++) {
            double load = 500 * pow(2, i), used = base + (1 - base) * pow(load / truth, service->bend);
            double scattered = used * level * fmax(0.1, 1 + service->scatter * normal(random));
            points[count++] = (struct projection_point){load, scattered};
        }
    }
    projection_find(points, count, 1, ret_found);
}

/* A thousand services held 500 … 4,000/s, and run out at between 1.2 and 8 times that. How many were projected, and of
 * how many of these the interval has the load at which they do. */
static void project_all(const struct service *service, unsigned *ret_projected, unsigned *ret_covered)
{
    for (unsigned run = 0; run < 1000; run++) {
        struct projection found;
        struct random random;
        random_init(&random, 1, run);
        double truth = 4000 * (1.2 + 6.8 * random_unit(&random));
        measure(service, truth, &random, &found);
        *ret_projected += found.kind == PROJECTION_MADE;
        *ret_covered += found.kind == PROJECTION_MADE && found.low <= truth && truth <= found.high;
    }
}

static const struct service services[] = {
    {"the_interval_holds_for_straight_lines_with_2_percent_of_scatter", 0.02, 0.02, 1, 1},
    {"the_interval_holds_for_straight_lines_with_5_percent_of_scatter", 0.05, 0.02, 1, 1},
    {"the_interval_holds_for_straight_lines_with_10_percent_of_scatter", 0.10, 0.02, 1, 1},
    {"the_interval_holds_over_six_trials", 0.05, 0.03, 1, 6},
    {"the_interval_holds_where_the_demand_of_a_request_falls", 0.03, 0.02, 0.85, 1},
    {"the_interval_holds_where_the_demand_of_a_request_rises", 0.03, 0.02, 1.1, 1},
};

TEST_EACH(the_interval_holds, services)
{
    const struct service *service = *state;
    unsigned projected = 0, covered = 0;

    project_all(service, &projected, &covered);
    if (projected < 900 || covered < 0.9 * projected) {
        fail_msg("%s: %u of %u", service->name, covered, projected);
    }
}

TEST(most_straight_lines_get_a_finite_interval)
{
    unsigned finite = 0;

    for (unsigned run = 0; run < 200; run++) {
        struct projection_point points[4];
        struct projection found;
        struct random random;
        random_init(&random, 2, run);
        make_ladder(points, 4, 0, 100e-6);
        for (size_t i = 0; i < 4; i++) {
            points[i].used *= 1 + 0.03 * normal(&random);
        }
        projection_find(points, 4, 1, &found);
        finite += found.kind == PROJECTION_MADE && found.high / found.low < 3;
    }
    assert_in_range(finite, 180, 200);
}
