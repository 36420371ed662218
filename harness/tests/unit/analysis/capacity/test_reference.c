#include "analysis/capacity/reference.h"

#include "base/mem.h"
#include "test.h"
#include "warned.h"

#include <math.h>

static struct calibration measured(uint64_t rps, bool disturbed)
{
    return (struct calibration){.done = true, .throughput_rps = rps, .disturbed = disturbed};
}

TEST(a_file_with_one_calibration_has_it_for_every_trial)
{
    const struct run_log log = {.run = {.calibration = measured(100, false)}}, none = {0};

    assert_true(reference_rps(&log, 0) == 100);
    assert_true(reference_rps(&log, 5) == 100);
    assert_true(reference_run_rps(&log) == 100);
    assert_true(reference_best_rps(&log) == 100);
    assert_true(isnan(reference_rps(&none, 0)));
    assert_true(isnan(reference_run_rps(&none)));
    assert_true(isnan(reference_best_rps(&none)));
}

TEST(a_block_has_its_own_and_a_disturbed_one_that_of_the_run)
{
    struct calibration_record records[] = {{0, measured(90, false)},
                                           {1, measured(30, true)},
                                           {2, measured(110, false)},
                                           {3, measured(100, false)}};
    const struct run_log log = {.run = {.calibration = measured(50, false)},
                                .calibrations = records,
                                .calibration_count = 4};

    assert_true(reference_rps(&log, 0) == 90);
    assert_true(reference_rps(&log, 1) == 100);
    assert_true(reference_rps(&log, 2) == 110);
    assert_true(reference_rps(&log, 7) == 100);
    assert_true(reference_run_rps(&log) == 100);
    assert_true(reference_best_rps(&log) == 110);
}

TEST(the_spread_is_that_of_the_undisturbed_ones)
{
    struct calibration_record records[] = {{0, measured(90, false)},
                                           {1, measured(30, true)},
                                           {2, measured(110, false)}};
    struct run_log log = {.run = {.calibration = measured(50, false)}, .calibrations = records, .calibration_count = 3};
    struct reference_spread spread;

    reference_spread_find(&log, &spread);
    assert_int_equal(spread.blocks, 2);
    assert_true(spread.least_rps == 90 && spread.most_rps == 110);
    assert_true(spread.share == 20.0 / 90); /* the lower one of two stands for the run */
    log.calibration_count = 2;
    reference_spread_find(&log, &spread);
    assert_int_equal(spread.blocks, 1);
    assert_true(isnan(spread.least_rps) && isnan(spread.share));
}

TEST(of_a_block_that_was_calibrated_again_the_last_one_counts)
{
    struct calibration_record records[] = {{0, measured(90, false)}, {0, measured(95, false)}, {0, measured(20, true)}};
    const struct run_log log = {.calibrations = records, .calibration_count = 3};

    assert_true(reference_rps(&log, 0) == 95);
}

TEST(a_calibration_of_less_than_half_of_the_best_is_warned_of)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.run.calibration = measured(134000, false);
    log.calibrations = mem_new(log.calibration_count = 2, sizeof *log.calibrations);
    log.calibrations[0] = (struct calibration_record){0, measured(120000, false)};
    log.calibrations[1] = (struct calibration_record){1, measured(70000, false)};
    warned_check_silent(&log);
    log.calibrations[1].measured.throughput_rps = 61000;
    warned_check(
        &log, WARNING_MACHINE,
        "before the trials of number 2 the reference service answered 61,000/s, at best 134,000/s in this run: "
        "the machine was less than half as fast",
        "ps -eo pcpu,pid,comm --sort=-pcpu | head");
    log.calibrations[1] = (struct calibration_record){1, measured(100000, true)};
    warned_check(&log, WARNING_MACHINE,
                 "others took from the machine while the reference service was measured before the trials of number 2 "
                 "(100,000/s), twice: that measurement is left out",
                 "ps -eo pcpu,pid,comm --sort=-pcpu | head");
    run_log_release(&log);
}
