/* How often the bounds of a percentile hold the true one, where times that follow each other are alike. */
#include "analysis/verdict/percentile_bounds.h"

#include "base/random.h"
#include "test.h"

#include <math.h>

#define INTERVALS  20
#define A_INTERVAL 500
#define SERIES     400

static double normal(struct random *random)
{
    return sqrt(-2 * log(random_unit(random))) * cos(6.283185307179586 * random_unit(random));
}

/* Log-normal times with a correlation of `rho` from one to the next. */
struct series {
    struct random random;
    double rho, value;
};

static uint64_t next_ns(struct series *series)
{
    series->value = series->rho * series->value + sqrt(1 - series->rho * series->rho) * normal(&series->random);
    return (uint64_t)(2e6 * exp(0.5 * series->value));
}

static void clear(struct histogram *histogram)
{
    int digits = histogram->digits;

    histogram_release(histogram);
    histogram_init(histogram, digits);
}

static void fill(struct series *series, struct load_record *load)
{
    clear(&load->response);
    for (size_t i = 0; i < INTERVALS; i++) {
        clear(&load->intervals[i].response);
        for (size_t k = 0; k < A_INTERVAL; k++) {
            uint64_t ns = next_ns(series);
            histogram_record(&load->response, ns);
            histogram_record(&load->intervals[i].response, ns);
        }
    }
}

/* The share of bounds that hold the true percentile. */
static double coverage(double rho, double quantile, double true_normal)
{
    struct series series = {.rho = rho};
    struct load_record load;
    uint64_t true_ns = (uint64_t)(2e6 * exp(0.5 * true_normal));
    int held = 0;

    random_init(&series.random, 42, 0);
    load_record_init(&load, INTERVALS);
    for (int i = 0; i < SERIES; i++) {
        struct percentile_bounds bounds;
        fill(&series, &load);
        percentile_bounds_find(&load, quantile, &bounds);
        assert_true(bounds.known);
        /* to half the width of a bucket of the step's histogram */
        held += (double)bounds.low_ns <= 1.0005 * (double)true_ns && (double)bounds.high_ns >= 0.9995 * (double)true_ns;
    }
    load_record_release(&load);
    return (double)held / SERIES;
}

TEST(the_bounds_hold_the_true_percentile_as_often_as_they_say)
{
    const double rhos[] = {0, 0.5, 0.8, 0.9};

    for (size_t i = 0; i < sizeof rhos / sizeof rhos[0]; i++) {
        double p50 = coverage(rhos[i], 0.5, 0), p99 = coverage(rhos[i], 0.99, 2.3263478740408408);
        print_message("correlation %.1f: 95 %% bounds hold p50 in %.3f, p99 in %.3f\n", rhos[i], p50, p99);
        assert_true(p50 >= 0.85);
        assert_true(p99 >= 0.85);
    }
}

TEST(too_few_intervals_give_no_bounds)
{
    struct load_record load;
    struct percentile_bounds bounds;

    load_record_init(&load, INTERVALS);
    for (size_t i = 0; i < 8; i++) {
        percentile_bounds_find(&load, 0.99, &bounds);
        assert_false(bounds.known);
        histogram_record_many(&load.intervals[i].response, 1000000, 980);
        histogram_record_many(&load.response, 1000000, 980);
        for (uint64_t k = 0; k < 20; k++) {
            histogram_record(&load.intervals[i].response, 2000000 + 100000 * k);
            histogram_record(&load.response, 2000000 + 100000 * k);
        }
    }
    percentile_bounds_find(&load, 0.99, &bounds);
    assert_true(bounds.known);
    assert_true(bounds.low_ns <= bounds.high_ns);
    load_record_release(&load);
}
