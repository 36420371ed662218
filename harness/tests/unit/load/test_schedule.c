#include "load/traffic/schedule.h"

#include "base/clock.h"
#include "base/list.h"
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

static void add_thread(struct moments *moments, const struct planned_step *step, unsigned thread, unsigned threads)
{
    struct schedule schedule;
    uint64_t last_ns = 0;

    schedule_init(&schedule, step, thread, threads);
    while (schedule.due_ns != SCHEDULE_END) {
        assert_true(schedule.due_ns >= last_ns);
        assert_true(schedule.due_ns < step->warmup_ns + step->measure_ns);
        last_ns = schedule.due_ns;
        *list_add(moments->due_ns, moments->count) = last_ns;
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
static struct moments all_of(const struct planned_step *step, unsigned threads)
{
    struct moments moments = {0};
    for (unsigned thread = 0; thread < threads; thread++) {
        add_thread(&moments, step, thread, threads);
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
            struct moments moments =
                all_of(&(struct planned_step){.rate = rates[i], .measure_ns = length_ns, .arrivals = ARRIVALS_EVEN},
                       threads);
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

    schedule_init(&schedule, &(struct planned_step){.rate = 3, .measure_ns = UINT64_MAX / 2, .arrivals = ARRIVALS_EVEN},
                  0, 1);
    schedule.number = UINT64_C(3) * 86400 * 365 - 1;
    schedule_next(&schedule);
    assert_int_equal(schedule.due_ns, UINT64_C(86400) * 365 * CLOCK_SECOND_NS);
}

TEST(a_rate_of_nothing_is_never_due)
{
    for (int arrivals = ARRIVALS_POISSON; arrivals <= ARRIVALS_EVEN; arrivals++) {
        struct moments moments = all_of(
            &(struct planned_step){.rate = 0, .measure_ns = CLOCK_SECOND_NS, .arrivals = (enum arrivals)arrivals}, 3);
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
                struct moments moments = all_of(&(struct planned_step){.rate = rates[i],
                                                                       .measure_ns = 4 * CLOCK_SECOND_NS,
                                                                       .arrivals = ARRIVALS_POISSON,
                                                                       .seed = seed},
                                                threads);
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
        struct moments moments = all_of(&(struct planned_step){.rate = 10000,
                                                               .measure_ns = 5 * CLOCK_SECOND_NS,
                                                               .arrivals = ARRIVALS_POISSON,
                                                               .seed = 7},
                                        threads);
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
        struct planned_step step = {.rate = 1000,
                                    .measure_ns = 20 * CLOCK_SECOND_NS,
                                    .arrivals = ARRIVALS_POISSON,
                                    .seed = threads};
        struct moments poisson = all_of(&step, threads);
        step.arrivals = ARRIVALS_EVEN;
        struct moments even = all_of(&step, threads);
        check_within(dispersion(&poisson, step.measure_ns), 1, 0.15);
        check_within(dispersion(&even, step.measure_ns), 0, 0.05);
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
    struct planned_step step = {.rate = 500, .measure_ns = CLOCK_SECOND_NS, .arrivals = ARRIVALS_POISSON, .seed = 42};
    struct moments first = all_of(&step, 2), again = all_of(&step, 2);
    step.seed = 43;
    struct moments other = all_of(&step, 2);

    assert_true(same(&first, &again));
    assert_false(same(&first, &other));
    free(first.due_ns);
    free(again.due_ns);
    free(other.due_ns);
}

TEST(each_thread_has_a_schedule_of_its_own)
{
    struct planned_step step = {.rate = 1000, .measure_ns = CLOCK_SECOND_NS, .arrivals = ARRIVALS_POISSON, .seed = 42};
    struct moments first = {0}, second = {0};

    add_thread(&first, &step, 0, 2);
    add_thread(&second, &step, 1, 2);
    assert_true(first.count > 300 && second.count > 300);
    assert_false(same(&first, &second));
    free(first.due_ns);
    free(second.due_ns);
}

/* Three requests a second over eight threads: each thread has its turn, and the rate is still three. */
TEST(a_rate_below_the_number_of_threads_is_kept)
{
    struct planned_step step = {.rate = 3,
                                .measure_ns = 1000 * CLOCK_SECOND_NS,
                                .arrivals = ARRIVALS_POISSON,
                                .seed = 1};

    for (unsigned thread = 0; thread < 8; thread++) {
        struct moments moments = {0};
        add_thread(&moments, &step, thread, 8);
        check_within((double)moments.count, 375, 5 * sqrt(375));
        free(moments.due_ns);
    }
    struct moments moments = all_of(&step, 8);
    check_within((double)moments.count, 3000, 5 * sqrt(3000));
    free(moments.due_ns);
}

/* To the nanosecond, with spikes or without. */
TEST(any_number_of_threads_has_the_same_arrivals)
{
    for (int arrivals = ARRIVALS_POISSON; arrivals <= ARRIVALS_EVEN; arrivals++) {
        for (unsigned spikes = 0; spikes <= 3; spikes += 3) {
            struct planned_step step = {.rate = 5000,
                                        .warmup_ns = CLOCK_SECOND_NS / 3,
                                        .measure_ns = 2 * CLOCK_SECOND_NS,
                                        .spikes = spikes,
                                        .arrivals = (enum arrivals)arrivals,
                                        .seed = 11};
            struct moments one = all_of(&step, 1);
            for (unsigned threads = 2; threads <= 64; threads = threads < 4 ? threads + 1 : threads * 4) {
                struct moments several = all_of(&step, threads);
                assert_true(same(&one, &several));
                free(several.due_ns);
            }
            free(one.due_ns);
        }
    }
}

/* The k-th of all arrivals has the number k, and goes to thread k modulo n. */
TEST(arrivals_are_dealt_out_in_turn)
{
    struct planned_step step = {.rate = 1000, .measure_ns = CLOCK_SECOND_NS, .arrivals = ARRIVALS_POISSON, .seed = 3};
    struct schedule one, dealt[3];

    schedule_init(&one, &step, 0, 1);
    for (unsigned thread = 0; thread < 3; thread++) {
        schedule_init(&dealt[thread], &step, thread, 3);
    }
    for (uint64_t number = 0; one.due_ns != SCHEDULE_END; number++) {
        struct schedule *its = &dealt[number % 3];
        assert_int_equal(one.number, number);
        assert_int_equal(its->number, number);
        assert_int_equal(its->due_ns, one.due_ns);
        schedule_next(&one);
        schedule_next(its);
    }
}

static size_t count_between(const struct moments *moments, uint64_t from_ns, uint64_t to_ns)
{
    size_t count = 0;
    for (size_t i = 0; i < moments->count; i++) {
        count += moments->due_ns[i] >= from_ns && moments->due_ns[i] < to_ns;
    }
    return count;
}

/* A warm-up of a second and seven equal parts of a second, the second, fourth and sixth of double rate. */
static struct moments spiked(enum arrivals arrivals, unsigned threads)
{
    return all_of(&(struct planned_step){.rate = 2000,
                                         .measure_ns = 7 * CLOCK_SECOND_NS,
                                         .warmup_ns = CLOCK_SECOND_NS,
                                         .spikes = 3,
                                         .arrivals = arrivals,
                                         .seed = 5},
                  threads);
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
