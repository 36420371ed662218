/* The growing queue: found where it grows, however slowly beyond the bound, and not where it only rises and falls. */
#include "analysis/verdict/verdict.h"

#include "base/random.h"
#include "judging.h"
#include "test.h"

#include <math.h>

#define SERIES 1500 /* of each shape, each with a load of its own */

static const struct limits none = {.percentile = 0};

/* One record whose requests in flight are set anew for each series: everything else in it is in order. */
struct bench {
    struct step_record record;
    struct random random;
    double rate; /* offered requests a second */
};

static void bench_init(struct bench *bench, uint64_t seed)
{
    struct step_builder builder;

    step_builder_init(&builder, 20);
    builder.mean_in_flight = 0;
    step_builder_make(&builder, &bench->record);
    /* Little's law is not asked. */
    bench->record.load.tally.completed = 0;
    random_init(&bench->random, seed, 0);
}

static void set_rate(struct bench *bench, double rate)
{
    bench->rate = rate;
    bench->record.load.tally.offered = bench->record.load.tally.sent = (uint64_t)(rate * BUILT_MEASURED_MS / 1000);
}

static void draw_rate(struct bench *bench)
{
    set_rate(bench, 50 * pow(2, 10 * random_unit(&bench->random)));
}

static void set_in_flight(struct bench *bench, size_t interval, double in_flight)
{
    bench->record.load.intervals[interval].in_flight = in_flight > 0 ? (uint64_t)(in_flight + 0.5) : 0;
}

static bool found(const struct bench *bench)
{
    struct step_verdict verdict;
    verdict = judge_record(&bench->record, &none, NULL, false);
    for (size_t i = 0; i < verdict.breach_count; i++) {
        if (verdict.breaches[i].limit == LIMIT_QUEUE) {
            return true;
        }
    }
    return false;
}

static double normal(struct random *random)
{
    return sqrt(-2 * log(random_unit(random))) * cos(6.283185307179586 * random_unit(random));
}

/* --- shapes of series: each fills in one step ----------------------------------------------------------------------
 */

/* As many as the law says for the rate and a response time, with the spread of independent arrivals. */
static void poisson_like(struct bench *bench)
{
    draw_rate(bench);
    double mean = bench->rate * 0.001 * (1 + (double)random_below(&bench->random, 50));
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        set_in_flight(bench, i, mean + sqrt(mean) * normal(&bench->random));
    }
}

/* Anything between nothing and twice the mean, up to a second's worth of requests. */
static void wild(struct bench *bench)
{
    draw_rate(bench);
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        set_in_flight(bench, i, bench->rate * random_unit(&bench->random));
    }
}

/* Mostly little, now and then a burst. */
static void bursts(struct bench *bench)
{
    draw_rate(bench);
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        double burst = random_unit(&bench->random) < 0.1 ? bench->rate * 0.5 * random_unit(&bench->random) : 0;
        set_in_flight(bench, i, bench->rate * 0.003 + burst);
    }
}

/* A garbage collector or a cache that builds up and is cleared, a few times a step. */
static void sawtooth(struct bench *bench)
{
    draw_rate(bench);
    size_t period = 2 + random_below(&bench->random, 4), phase = random_below(&bench->random, 6);
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        double tooth = (double)((i + phase) % period) / (double)period;
        set_in_flight(bench, i, bench->rate * (0.01 + 0.2 * tooth) * (0.9 + 0.2 * random_unit(&bench->random)));
    }
}

/* One worker at a load of so much of it, its queue followed event by event. */
static void work_at(struct bench *bench, double load)
{
    double in_system = 0, now_ms = -1000;
    size_t interval = 0;

    double arrivals = bench->rate / 1000, services = arrivals / load;
    while (interval < BUILT_INTERVALS) {
        double speed = arrivals + (in_system > 0 ? services : 0);
        now_ms -= log(random_unit(&bench->random)) / speed;
        while (interval < BUILT_INTERVALS && now_ms > (double)(interval + 1) * BUILT_INTERVAL_MS) {
            set_in_flight(bench, interval++, in_system);
        }
        in_system += random_unit(&bench->random) * speed < arrivals ? 1 : -1;
    }
}

static void one_worker(struct bench *bench)
{
    set_rate(bench, 200 + (double)random_below(&bench->random, 1800));
    work_at(bench, 0.8 + 0.15 * random_unit(&bench->random));
}

/* So near to saturation that the queue is as long as it gets only after seconds. */
static void one_worker_nearly_saturated(struct bench *bench)
{
    set_rate(bench, 500);
    work_at(bench, 0.95);
}

/* Closed load: the same number all the time, but for those just being sent. */
static void closed(struct bench *bench)
{
    draw_rate(bench);
    double connections = 1 + (double)random_below(&bench->random, 5000);
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        set_in_flight(bench, i, connections - (double)random_below(&bench->random, 3));
    }
}

/* It falls: what the warm-up left is worked off. */
static void emptying(struct bench *bench)
{
    draw_rate(bench);
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        set_in_flight(bench, i, bench->rate * exp(-(double)i / 4) + 5 * random_unit(&bench->random));
    }
}

static int found_in(void (*shape)(struct bench *))
{
    struct bench bench;
    int count = 0;

    bench_init(&bench, 7);
    for (int i = 0; i < SERIES; i++) {
        shape(&bench);
        count += found(&bench);
    }
    step_record_release(&bench.record);
    return count;
}

TEST(a_queue_that_does_not_grow_is_taken_for_one_in_less_than_one_step_of_a_hundred)
{
    const struct {
        const char *name;
        void (*shape)(struct bench *);
    } shapes[] = {{"poisson", poisson_like},
                  {"wild", wild},
                  {"bursts", bursts},
                  {"sawtooth", sawtooth},
                  {"closed", closed},
                  {"one worker", one_worker},
                  {"one worker, nearly saturated", one_worker_nearly_saturated},
                  {"emptying", emptying}};

    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        int count = found_in(shapes[i].shape);
        print_message("%s: %d of %d\n", shapes[i].name, count, SERIES);
        assert_true(count < SERIES / 100);
    }
}

/* --- growth ------------------------------------------------------------------------------------------------------ */

/* A service that is short of the rate by `share`: what it cannot do piles up, with the spread of Poisson arrivals. */
static int found_at_shortfall(double share, double rate)
{
    struct bench bench;
    int count = 0;

    bench_init(&bench, 11);
    set_rate(&bench, rate);
    for (int round = 0; round < SERIES; round++) {
        double due = rate * BUILT_INTERVAL_MS / 1000, in_flight = rate * 0.004;
        for (size_t i = 0; i < BUILT_INTERVALS; i++) {
            in_flight += due * share + sqrt(due) * normal(&bench.random);
            in_flight = in_flight > 0 ? in_flight : 0;
            set_in_flight(&bench, i, in_flight);
        }
        count += found(&bench);
    }
    step_record_release(&bench.record);
    return count;
}

TEST(a_service_short_of_the_rate_by_a_twentieth_is_found_at_every_rate)
{
    for (unsigned rate = 2000; rate <= 128000; rate *= 2) {
        int count = found_at_shortfall(0.05, rate);
        print_message("%u/s, short by 5 %%: %d of %d\n", rate, count, SERIES);
        assert_true(count > SERIES * 99 / 100);
    }
}

TEST(a_service_short_of_a_high_rate_by_a_fiftieth_is_found)
{
    for (unsigned rate = 32000; rate <= 128000; rate *= 2) {
        int count = found_at_shortfall(0.02, rate);
        print_message("%u/s, short by 2 %%: %d of %d\n", rate, count, SERIES);
        assert_true(count > SERIES * 99 / 100);
    }
}

/* --- bounds ------------------------------------------------------------------------------------------------------- */

/* Rises evenly by `growth` between the means of the first and of the last quarter. */
static bool found_rising(uint64_t level, double growth)
{
    struct step_builder builder;

    step_builder_init(&builder, level);
    step_builder_queue(&builder, 10, 10 + growth * 19 / 15);
    return judged(&builder, &usual_limits).breach_count > 0;
}

TEST(growth_counts_from_a_hundredth_of_the_offered_requests_on_and_from_what_chance_may_bring)
{
    assert_false(found_rising(8000, 398));
    assert_true(found_rising(8000, 402));
    assert_false(found_rising(1000, 98));
    assert_true(found_rising(1000, 102));
    assert_false(found_rising(20, 18));
    assert_true(found_rising(20, 22));
}

TEST(the_queue_is_first_too_long_when_it_has_grown_by_what_is_allowed)
{
    struct step_builder builder = healthy_step();

    /* Nothing for two seconds, then 100 more in each interval: 100 above the first quarter's is allowed. */
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder.intervals[i].in_flight = i < 8 ? i / 4 : (i - 7) * 99;
    }
    struct breach breach = check_breaks(&builder, &usual_limits, LIMIT_QUEUE, 2500);
    assert_true(breach.observed == 99 * 10);
}

TEST(growth_in_stages_is_growth)
{
    struct step_builder builder = healthy_step();

    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder.intervals[i].in_flight = i < 13 ? 90 : 180;
        if (i < 7) {
            builder.intervals[i].in_flight = 10;
        }
    }
    check_breaks(&builder, &usual_limits, LIMIT_QUEUE, 3500);
}

TEST(a_burst_at_the_end_is_no_growth)
{
    struct step_builder builder = healthy_step();

    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder.intervals[i].in_flight = i == 19 ? 2000 : 10;
    }
    check_passes(&builder, &usual_limits);
}

TEST(of_fewer_than_seven_intervals_no_order_is_unlikely_enough)
{
    struct step_builder builder = healthy_step();
    struct step_record record;
    struct step_verdict verdict;

    step_builder_queue(&builder, 0, 9000);
    step_builder_make(&builder, &record);
    for (size_t count = 0; count <= BUILT_INTERVALS; count++) {
        size_t all = record.load.interval_count;
        record.load.interval_count = count;
        verdict = judge_record(&record, &none, NULL, false);
        record.load.interval_count = all;
        assert_int_equal(verdict.breach_count, count >= 7);
    }
    step_record_release(&record);
}
