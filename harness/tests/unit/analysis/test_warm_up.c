#include "analysis/after/warm_up.h"

#include "base/random.h"
#include "step_builder.h"
#include "test.h"

#include <math.h>

#define SERIES 1000

/* A first step whose intervals' usual times are `ms`. */
static bool seen(const double *ms, struct warm_up *ret_warm_up)
{
    struct step_builder builder;
    struct step_record step;

    step_builder_init(&builder, 500);
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder.intervals[i].usual_ms = ms[i];
    }
    step_builder_make(&builder, &step);
    bool result = warm_up_find(&step, ret_warm_up);
    step_record_release(&step);
    return result;
}

TEST(a_start_that_is_slow_is_named_with_its_end)
{
    double ms[BUILT_INTERVALS];
    struct warm_up warm_up;

    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        ms[i] = i % 2 == 0 ? 3.8 : 4.2;
        if (i < 6) {
            ms[i] = 12;
        }
    }
    assert_true(seen(ms, &warm_up));
    assert_int_equal(warm_up.until_ns, 6 * BUILT_INTERVAL_MS * UINT64_C(1000000));
    assert_true(warm_up.ratio > 2.8 && warm_up.ratio < 3.2);
}

TEST(a_steady_step_and_one_that_gets_slower_have_no_warm_up)
{
    double flat[BUILT_INTERVALS], slower[BUILT_INTERVALS], one[BUILT_INTERVALS];
    struct warm_up warm_up;

    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        flat[i] = 4;
        slower[i] = 4 + (double)i;
        one[i] = i == 0 ? 40 : 4; /* a single interval may have been disturbed */
    }
    assert_false(seen(flat, &warm_up));
    assert_false(seen(slower, &warm_up));
    assert_false(seen(one, &warm_up));
}

TEST(chance_is_seldom_taken_for_a_warm_up_and_a_real_one_is_seldom_missed)
{
    struct random random;
    unsigned chance = 0, real = 0;

    random_init(&random, 7, 0);
    for (int series = 0; series < SERIES; series++) {
        double noise[BUILT_INTERVALS], warming[BUILT_INTERVALS];
        struct warm_up warm_up;
        for (size_t i = 0; i < BUILT_INTERVALS; i++) {
            double spread = exp(0.3 * (random_unit(&random) + random_unit(&random) + random_unit(&random) - 1.5));
            noise[i] = 4 * spread;
            warming[i] = (4 + 12 * exp(-(double)i / 4)) * spread;
        }
        chance += seen(noise, &warm_up);
        real += seen(warming, &warm_up);
    }
    print_message("a warm-up seen in %u of %d without one, in %u of %d with one\n", chance, SERIES, real, SERIES);
    assert_true(chance < SERIES / 50);
    assert_true(real > SERIES * 9 / 10);
}

TEST(a_step_without_responses_says_nothing)
{
    struct step_record step = {0};
    struct warm_up warm_up;

    load_record_init(&step.load, BUILT_INTERVALS);
    assert_false(warm_up_find(&step, &warm_up));
    step_record_release(&step);
}
