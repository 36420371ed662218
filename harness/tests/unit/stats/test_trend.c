/* How often the interval of a slope contains the true one when figures resemble those before them, and what must not be
 * taken for a slope. */
#include "stats/trend.h"

#include "base/random.h"
#include "test.h"

#include <math.h>

#define ROWS 1000
#define MOST 200

static double normal(struct random *random)
{
    return sqrt(-2 * log(random_unit(random))) * cos(6.283185307179586 * random_unit(random));
}

/* Figures with a true slope and noise of 1 that has a correlation of `rho` from one to the next. */
static void fill(struct random *random, double slope, double rho, double *figures, size_t count)
{
    double noise = normal(random);

    for (size_t i = 0; i < count; i++) {
        figures[i] = 100 + slope * (double)i + noise;
        noise = rho * noise + sqrt(1 - rho * rho) * normal(random);
    }
}

/* Counts over ROWS rows. */
struct count {
    unsigned known, held, above_0;
};

static struct count count_rows(double slope, double rho, size_t count)
{
    struct count found = {0};

    for (uint64_t seed = 1; seed <= ROWS; seed++) {
        double figures[MOST];
        struct random random;
        struct trend trend;
        random_init(&random, seed, 7);
        fill(&random, slope, rho, figures, count);
        trend_find(figures, count, &trend);
        found.known += trend.known;
        found.held += trend.known && trend.low <= slope && slope <= trend.high;
        found.above_0 += trend.known && trend.low > 0;
    }
    return found;
}

TEST(the_interval_holds_the_true_slope_though_noise_follows_itself)
{
    static const struct {
        double rho;
        size_t count;
    } cases[] = {{0, 20}, {0, 60}, {0.3, 20}, {0.3, 60}, {0.6, 20}, {0.6, 60}, {0.8, 60}, {0.9, 200}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct count found = count_rows(0.05, cases[i].rho, cases[i].count);
        print_message("%3zu figures, correlation %.1f: %4u of %d known, %.3f of them hold it\n", cases[i].count,
                      cases[i].rho, found.known, ROWS, (double)found.held / found.known);
        assert_true((double)found.held / found.known >= 0.88);
        assert_true(found.known >= ROWS / 2);
    }
}

/* Random walks with a drift, whose steps have a variance of 1. */
static struct count count_walks(double drift, size_t count)
{
    struct count found = {0};

    for (uint64_t seed = 1; seed <= ROWS; seed++) {
        double figures[MOST], at = 100;
        struct random random;
        struct trend trend;
        random_init(&random, seed, 11);
        for (size_t i = 0; i < count; i++) {
            figures[i] = at;
            at += drift + normal(&random);
        }
        trend_find(figures, count, &trend);
        found.known += trend.known;
        found.held += trend.known && trend.low <= drift && drift <= trend.high;
        found.above_0 += trend.known && trend.low > 0;
    }
    return found;
}

TEST(what_wanders_has_an_interval_and_a_clear_drift_is_seen_in_it)
{
    for (size_t count = 20; count <= 60; count += 40) {
        struct count still = count_walks(0, count), drifting = count_walks(2, count);
        print_message("%3zu figures that wander: %.3f hold it, %u of %d taken for a rise\n", count,
                      (double)still.held / still.known, still.above_0, ROWS);
        assert_int_equal(still.known, ROWS);
        assert_true(still.held >= ROWS * 85 / 100);
        assert_in_range(still.above_0, 0, ROWS * 10 / 100);
        assert_in_range(drifting.above_0, ROWS * 90 / 100, ROWS);
    }
}

/* A walk with a large drift has a slope, though its figures do not scatter about a line. */
TEST(a_rise_with_a_pause_is_a_rise)
{
    double figures[20];
    struct trend trend;

    for (size_t i = 0; i < 20; i++) {
        figures[i] = 100 + 4 * (double)(i < 9 ? i : i - 1);
    }
    trend_find(figures, 20, &trend);
    assert_true(trend.known);
    assert_true(trend.low > 3);
    assert_true(trend.high < 5);
}

TEST(noise_without_a_slope_is_seldom_taken_for_one)
{
    assert_in_range(count_rows(0, 0, 60).above_0, 0, ROWS * 4 / 100);
    assert_in_range(count_rows(0, 0.6, 60).above_0, 0, ROWS * 5 / 100);
    assert_in_range(count_rows(0, 0.9, 60).above_0, 0, ROWS * 5 / 100);
}

TEST(a_clear_slope_is_seen)
{
    assert_in_range(count_rows(0.05, 0, 60).above_0, ROWS * 95 / 100, ROWS);
    assert_in_range(count_rows(0.2, 0.6, 60).above_0, ROWS * 90 / 100, ROWS);
}

TEST(a_flat_line_has_no_slope_and_a_straight_one_its_own)
{
    double flat[60], straight[60];
    struct trend trend;

    for (size_t i = 0; i < 60; i++) {
        flat[i] = 7e8;
        straight[i] = 29565047.3 + 602112.7 * (double)i;
    }
    trend_find(flat, 60, &trend);
    assert_true(trend.known);
    assert_true(trend.slope == 0);
    assert_true(trend.low == 0);
    assert_true(trend.high == 0);
    for (size_t count = 8; count <= 60; count++) {
        trend_find(straight, count, &trend);
        assert_true(trend.known);
        assert_true(fabs(trend.slope - 602112.7) < 1e-6);
        assert_true(trend.high - trend.low < 1e-3);
    }
}

static bool saw_rises(double period, double phase)
{
    double figures[60];
    struct trend trend;

    for (size_t i = 0; i < 60; i++) {
        figures[i] = 100 + 40 * fmod((double)i + phase, period) / period;
    }
    trend_find(figures, 60, &trend);
    if (trend.known && trend.low > 0) {
        print_message("period %.2f phase %.2f: %g (%g to %g)\n", period, phase, trend.slope, trend.low, trend.high);
    }
    return trend.known && trend.low > 0;
}

/* Memory under a garbage collector rises and falls like a saw: with two teeth or more, wherever the row begins. */
TEST(the_teeth_of_a_saw_are_no_slope)
{
    unsigned rises = 0;

    for (unsigned quarters = 10; quarters <= 120; quarters++) { /* the length of a tooth, in quarters of a figure */
        for (unsigned phase = 0; phase < quarters; phase++) {
            rises += saw_rises((double)quarters / 4, (double)phase / 4);
        }
    }
    assert_int_equal(rises, 0);
}

/* One large allocation, and nothing before or after it. */
TEST(a_single_stair_is_no_slope)
{
    for (size_t at = 1; at < 60; at++) {
        double figures[60];
        struct trend trend;
        for (size_t i = 0; i < 60; i++) {
            figures[i] = i < at ? 100 : 140;
        }
        trend_find(figures, 60, &trend);
        assert_false(trend.known && trend.low > 0);
    }
}

TEST(few_figures_have_a_slope_and_no_interval)
{
    static const double figures[] = {1, 2, 3, 4, 5, 6, 7};
    struct trend trend;

    trend_find(figures, 7, &trend);
    assert_false(trend.known);
    assert_true(fabs(trend.slope - 1) < 1e-12);
    trend_find(figures, 1, &trend);
    assert_true(trend.slope == 0);
    assert_false(trend.known);
    trend_find(figures, 0, &trend);
    assert_true(trend.slope == 0);
}
