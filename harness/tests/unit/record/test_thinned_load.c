#include "record/thinning/thinned_load.h"

#include "base/random.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

#define INTERVALS 20

static const uint64_t limits_ns[] = {37000000, 4321000};
static const double percentiles[] = {0.5, 0.9, 0.95, 0.99, 0.999};
static const struct thinning thinning = {limits_ns, 2, percentiles, 5};

/* Response times with a long tail; the same seed makes the same record. */
static void make(struct load_record *load, uint64_t seed, size_t per_interval)
{
    struct random random;

    random_init(&random, seed, 0);
    load_record_init(load, INTERVALS);
    load_record_init_requests(load, 2);
    load_record_follow(load, 1);
    load->measured_ns = 5000000000;
    for (size_t i = 0; i < INTERVALS * per_interval; i++) {
        size_t interval = i / per_interval, request = random_below(&random, 2);
        double slow = interval == 7 ? 6 : 1;
        uint64_t ns = (uint64_t)(2e6 * slow * pow(random_unit(&random) + 1e-9, -0.6));
        histogram_record(&load->response, ns);
        histogram_record(&load->service, ns / 2);
        histogram_record(&load->send_lag, ns / 100);
        histogram_record(&load->intervals[interval].response, ns);
        histogram_record(&load->requests[request].response, ns);
        if (request == 1) {
            histogram_record(&load->requests[1].intervals[interval].response, ns);
        }
    }
}

static size_t buckets_of(const struct histogram *histogram)
{
    struct histogram_walk walk = {0};
    size_t count = 0;

    while (histogram_next(histogram, &walk)) {
        count++;
    }
    return count;
}

static void check_above(const struct histogram *thinned, const struct histogram *whole, uint64_t ns)
{
    assert_int_equal(histogram_count_above(thinned, ns), histogram_count_above(whole, ns));
}

/* A limit and its half, as a verdict counts them. */
static void check_limit(const struct histogram *thinned, const struct histogram *whole, uint64_t ns)
{
    check_above(thinned, whole, ns);
    check_above(thinned, whole, ns / 2);
}

/* Of three digits, a round limit is kept to two. */
static void check_limits(const struct histogram *thinned, const struct histogram *whole)
{
    static const uint64_t round_ns[] = {20000000, 50000000, 100000000, 700000000};

    assert_int_equal(thinned->total, whole->total);
    assert_true(thinned->sum == whole->sum && thinned->max == whole->max && thinned->min == whole->min);
    for (size_t i = 0; whole->digits == 2 && i < sizeof round_ns / sizeof round_ns[0]; i++) {
        check_limit(thinned, whole, round_ns[i]);
    }
    for (size_t i = 0; i < 2; i++) {
        check_limit(thinned, whole, limits_ns[i]);
    }
}

static void check_percentiles(const struct histogram *thinned, const struct histogram *whole)
{
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(histogram_quantile(thinned, percentiles[i]), histogram_quantile(whole, percentiles[i]));
    }
}

static void check_interval(const struct interval *thinned, const struct interval *whole, const struct histogram *step)
{
    check_limits(&thinned->response, &whole->response);
    check_percentiles(&thinned->response, &whole->response);
    for (size_t i = 0; i < 5; i++) {
        uint64_t ns = histogram_quantile(step, percentiles[i]);
        assert_true(histogram_share_below(&thinned->response, ns) == histogram_share_below(&whole->response, ns));
    }
}

TEST(what_a_verdict_counts_stays_exact)
{
    static const size_t counts[] = {0, 1, 40, 3000};

    for (size_t k = 0; k < 4; k++) {
        struct load_record whole, thinned;
        make(&whole, 3, counts[k]);
        make(&thinned, 3, counts[k]);
        thinned_load_make(&thinned, &thinning);
        assert_true(thinned.thinned);
        check_limits(&thinned.response, &whole.response);
        check_percentiles(&thinned.response, &whole.response);
        check_percentiles(&thinned.service, &whole.service);
        check_percentiles(&thinned.send_lag, &whole.send_lag);
        for (size_t i = 0; i < 2; i++) {
            check_limits(&thinned.requests[i].response, &whole.requests[i].response);
            check_percentiles(&thinned.requests[i].response, &whole.requests[i].response);
        }
        for (size_t i = 0; i < INTERVALS; i++) {
            check_interval(&thinned.intervals[i], &whole.intervals[i], &whole.response);
            check_interval(&thinned.requests[1].intervals[i], &whole.requests[1].intervals[i],
                           &whole.requests[1].response);
        }
        load_record_release(&whole);
        load_record_release(&thinned);
    }
}

TEST(few_buckets_are_left)
{
    struct load_record whole, thinned;
    size_t before = 0, after = 0;

    make(&whole, 4, 3000);
    make(&thinned, 4, 3000);
    thinned_load_make(&thinned, &thinning);
    for (size_t i = 0; i < INTERVALS; i++) {
        before += buckets_of(&whole.intervals[i].response);
        after += buckets_of(&thinned.intervals[i].response);
    }
    assert_true(after * 8 < before);
    assert_true(buckets_of(&thinned.service) * 8 < buckets_of(&whole.service));
    load_record_release(&whole);
    load_record_release(&thinned);
}

/* A second time changes nothing: a log that is read and written again is the same. */
TEST(what_is_thinned_stays_as_it_is)
{
    struct load_record once, twice;

    make(&once, 5, 500);
    make(&twice, 5, 500);
    thinned_load_make(&once, &thinning);
    thinned_load_make(&twice, &thinning);
    thinned_load_make(&twice, &thinning);
    for (size_t i = 0; i < INTERVALS; i++) {
        assert_int_equal(buckets_of(&once.intervals[i].response), buckets_of(&twice.intervals[i].response));
    }
    assert_int_equal(buckets_of(&once.response), buckets_of(&twice.response));
    load_record_release(&once);
    load_record_release(&twice);
}
