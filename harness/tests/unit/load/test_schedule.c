#include "load/traffic/schedule.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct moments {
    uint64_t *due_ns;
    size_t count;
};

static void add_thread(struct moments *moments, struct schedule_options options, unsigned thread)
{
    struct schedule schedule;
    uint64_t last_ns = 0;

    options.thread = thread;
    schedule_init(&schedule, &options);
    while (schedule.due_ns != SCHEDULE_END) {
        void *all = moments->due_ns;
        assert_true(schedule.due_ns >= last_ns);
        assert_true(schedule.due_ns < options.length_ns);
        last_ns = schedule.due_ns;
        *(uint64_t *)mem_append(&all, moments->count++, sizeof last_ns) = last_ns;
        moments->due_ns = all;
        schedule_next(&schedule);
    }
    schedule_next(&schedule);
    assert_int_equal(schedule.due_ns, SCHEDULE_END); /* the end stays the end */
}

static int compare(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

/* The moments of all threads together, in order. */
static struct moments all_of(struct schedule_options options)
{
    struct moments moments = {0};
    for (unsigned thread = 0; thread < options.threads; thread++) {
        add_thread(&moments, options, thread);
    }
    if (moments.count > 0) {
        qsort(moments.due_ns, moments.count, sizeof *moments.due_ns, compare);
    }
    return moments;
}

TEST(even_arrivals_come_each_once_however_many_threads)
{
    static const uint64_t rates[] = {1, 2, 3, 7, 10, 997, 1000, 1024, 33333, 1000000};

    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        uint64_t length_ns = rates[i] > 100000 ? CLOCK_SECOND_NS / 10 : CLOCK_SECOND_NS * 5 / 2;
        for (unsigned threads = 1; threads <= 8; threads++) {
            struct moments moments = all_of((struct schedule_options){
                .rate = rates[i], .length_ns = length_ns, .arrivals = ARRIVALS_EVEN, .threads = threads});
            uint64_t expected = (length_ns * rates[i] + CLOCK_SECOND_NS - 1) / CLOCK_SECOND_NS;
            assert_int_equal(moments.count, expected);
            for (size_t n = 0; n < moments.count; n++) {
                assert_int_equal(moments.due_ns[n], n * CLOCK_SECOND_NS / rates[i]);
            }
            free(moments.due_ns);
        }
    }
}

/* Rounding does not add up: after a day at a rate that divides no second, the moment is still the true one. */
TEST(even_arrivals_do_not_drift)
{
    struct schedule schedule;

    schedule_init(&schedule, &(struct schedule_options){
                                 .rate = 3, .length_ns = UINT64_MAX / 2, .arrivals = ARRIVALS_EVEN, .threads = 1});
    schedule.number = UINT64_C(3) * 86400 * 365;
    schedule_next(&schedule);
    assert_int_equal(schedule.due_ns, UINT64_C(86400) * 365 * CLOCK_SECOND_NS);
}

TEST(a_rate_of_nothing_is_never_due)
{
    for (int arrivals = ARRIVALS_POISSON; arrivals <= ARRIVALS_EVEN; arrivals++) {
        struct moments moments = all_of((struct schedule_options){
            .rate = 0, .length_ns = CLOCK_SECOND_NS, .arrivals = (enum arrivals)arrivals, .threads = 3});
        assert_int_equal(moments.count, 0);
    }
}

static void check_within(double value, double expected, double margin)
{
    if (fabs(value - expected) > margin) {
        fail_msg("%g is not within %g of %g", value, margin, expected);
    }
}

TEST(poisson_counts_are_within_five_sigma)
{
    static const uint64_t rates[] = {7, 100, 1001, 50000};

    for (size_t i = 0; i < sizeof rates / sizeof rates[0]; i++) {
        for (unsigned threads = 1; threads <= 8; threads += 3) {
            for (uint64_t seed = 1; seed <= 3; seed++) {
                struct moments moments = all_of((struct schedule_options){.rate = rates[i],
                                                                          .length_ns = 4 * CLOCK_SECOND_NS,
                                                                          .arrivals = ARRIVALS_POISSON,
                                                                          .seed = seed,
                                                                          .threads = threads});
                double expected = 4.0 * (double)rates[i];
                check_within((double)moments.count, expected, 5 * sqrt(expected));
                free(moments.due_ns);
            }
        }
    }
}

/* Gaps of the threads' moments laid over each other: exponential with the mean of the whole rate. */
TEST(poisson_gaps_are_exponential)
{
    for (unsigned threads = 1; threads <= 4; threads += 3) {
        struct moments moments = all_of((struct schedule_options){.rate = 10000,
                                                                  .length_ns = 5 * CLOCK_SECOND_NS,
                                                                  .arrivals = ARRIVALS_POISSON,
                                                                  .seed = 7,
                                                                  .threads = threads});
        size_t count = moments.count - 1;
        double *gaps = mem_new(count, sizeof *gaps), sum = 0, squares = 0;
        uint64_t *whole = mem_new(count, sizeof *whole);
        for (size_t i = 0; i < count; i++) {
            whole[i] = moments.due_ns[i + 1] - moments.due_ns[i];
            gaps[i] = (double)whole[i] / 100000; /* in means */
            sum += gaps[i];
            squares += gaps[i] * gaps[i];
        }
        double mean = sum / (double)count, distance = 0;
        check_within(mean, 1, 0.03);
        check_within(squares / (double)count - mean * mean, 1, 0.06);
        qsort(whole, count, sizeof *whole, compare);
        for (size_t i = 0; i < count; i++) {
            double below = 1 - exp(-(double)whole[i] / 100000);
            distance = fmax(distance, fabs(below - ((double)i + 0.5) / (double)count));
        }
        check_within(distance, 0, 2.5 / sqrt((double)count)); /* Kolmogorov and Smirnov: 1.6 would be 1 % */
        free(gaps);
        free(whole);
        free(moments.due_ns);
    }
}

/* Variance over mean of the counts per 10 ms. */
static double dispersion(const struct moments *moments, uint64_t length_ns)
{
    size_t slots = length_ns / (10 * CLOCK_MILLISECOND_NS);
    double *counts = mem_new(slots, sizeof *counts), sum = 0, squares = 0;

    for (size_t i = 0; i < moments->count; i++) {
        counts[moments->due_ns[i] / (10 * CLOCK_MILLISECOND_NS)]++;
    }
    for (size_t i = 0; i < slots; i++) {
        sum += counts[i];
        squares += counts[i] * counts[i];
    }
    free(counts);
    double mean = sum / (double)slots;
    return (squares / (double)slots - mean * mean) / mean;
}

TEST(poisson_is_as_bursty_as_it_should_be_and_even_is_not)
{
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct schedule_options options = {.rate = 1000,
                                           .length_ns = 20 * CLOCK_SECOND_NS,
                                           .arrivals = ARRIVALS_POISSON,
                                           .seed = threads,
                                           .threads = threads};
        struct moments poisson = all_of(options);
        options.arrivals = ARRIVALS_EVEN;
        struct moments even = all_of(options);
        check_within(dispersion(&poisson, options.length_ns), 1, 0.15);
        check_within(dispersion(&even, options.length_ns), 0, 0.05);
        free(poisson.due_ns);
        free(even.due_ns);
    }
}

static bool same(const struct moments *a, const struct moments *b)
{
    return a->count == b->count && memcmp(a->due_ns, b->due_ns, a->count * sizeof *a->due_ns) == 0;
}

TEST(a_seed_gives_one_schedule_and_another_seed_another)
{
    struct schedule_options options = {
        .rate = 500, .length_ns = CLOCK_SECOND_NS, .arrivals = ARRIVALS_POISSON, .seed = 42, .threads = 2};
    struct moments first = all_of(options), again = all_of(options);
    options.seed = 43;
    struct moments other = all_of(options);

    assert_true(same(&first, &again));
    assert_false(same(&first, &other));
    free(first.due_ns);
    free(again.due_ns);
    free(other.due_ns);
}

TEST(each_thread_has_a_schedule_of_its_own)
{
    struct schedule_options options = {
        .rate = 1000, .length_ns = CLOCK_SECOND_NS, .arrivals = ARRIVALS_POISSON, .seed = 42, .threads = 2};
    struct moments first = {0}, second = {0};

    add_thread(&first, options, 0);
    add_thread(&second, options, 1);
    assert_true(first.count > 300 && second.count > 300);
    assert_false(same(&first, &second));
    free(first.due_ns);
    free(second.due_ns);
}

/* Three requests a second over eight threads: five threads have nothing to do, and the rate is still three. */
TEST(a_rate_below_the_number_of_threads_is_kept)
{
    struct schedule_options options = {
        .rate = 3, .length_ns = 1000 * CLOCK_SECOND_NS, .arrivals = ARRIVALS_POISSON, .seed = 1, .threads = 8};
    unsigned idle = 0;

    for (unsigned thread = 0; thread < 8; thread++) {
        struct moments moments = {0};
        add_thread(&moments, options, thread);
        idle += moments.count == 0;
        free(moments.due_ns);
    }
    struct moments moments = all_of(options);
    assert_int_equal(idle, 5);
    check_within((double)moments.count, 3000, 5 * sqrt(3000));
    free(moments.due_ns);
}

static size_t count_between(const struct moments *moments, uint64_t from_ns, uint64_t to_ns)
{
    size_t count = 0;
    for (size_t i = 0; i < moments->count; i++) {
        count += moments->due_ns[i] >= from_ns && moments->due_ns[i] < to_ns;
    }
    return count;
}

/* A second of settling and seven equal parts of a second, the second, fourth and sixth of double rate. */
static struct moments spiked(enum arrivals arrivals, unsigned threads)
{
    return all_of((struct schedule_options){.rate = 2000,
                                            .length_ns = 8 * CLOCK_SECOND_NS,
                                            .flat_ns = CLOCK_SECOND_NS,
                                            .spikes = 3,
                                            .arrivals = arrivals,
                                            .seed = 5,
                                            .threads = threads});
}

TEST(even_spikes_have_exactly_the_double_rate_and_fall_back)
{
    for (unsigned threads = 1; threads <= 3; threads++) {
        struct moments moments = spiked(ARRIVALS_EVEN, threads);
        for (uint64_t second = 0; second < 8; second++) {
            bool spike = second == 2 || second == 4 || second == 6;
            assert_int_equal(count_between(&moments, second * CLOCK_SECOND_NS, (second + 1) * CLOCK_SECOND_NS),
                             spike ? 4000 : 2000);
        }
        free(moments.due_ns);
    }
}

/* Within five standard deviations. */
TEST(poisson_spikes_have_the_double_rate_in_the_mean)
{
    struct moments moments = spiked(ARRIVALS_POISSON, 2);

    for (uint64_t second = 0; second < 8; second++) {
        double mean = second == 2 || second == 4 || second == 6 ? 4000 : 2000;
        double count = (double)count_between(&moments, second * CLOCK_SECOND_NS, (second + 1) * CLOCK_SECOND_NS);
        assert_true(fabs(count - mean) < 5 * sqrt(mean));
    }
    free(moments.due_ns);
}
