#include "bench/blocks.h"

#include "base/list.h"
#include "base/mem.h"
#include "log_builder.h"
#include "test.h"

static struct policy_run run(uint64_t level, enum verdict verdict)
{
    return (struct policy_run){.level = level, .verdict = {.verdict = verdict}};
}

TEST(a_load_that_stayed_invalid_below_the_break_is_a_gap)
{
    const struct policy_run runs[] = {run(1000, VERDICT_PASS), run(2000, VERDICT_INVALID), run(2000, VERDICT_INVALID),
                                      run(4000, VERDICT_BREAK)};

    assert_true(blocks_trial_has_gap(runs, 4));
    assert_true(blocks_trial_has_gap(runs, 3)); /* nothing broke */
    assert_false(blocks_trial_has_gap(runs, 1));
    assert_false(blocks_trial_has_gap(runs, 0));
}

TEST(one_that_was_repeated_well_or_lies_above_a_break_is_none)
{
    const struct policy_run repeated[] = {run(1000, VERDICT_PASS), run(2000, VERDICT_INVALID), run(2000, VERDICT_PASS),
                                          run(4000, VERDICT_BREAK)};
    const struct policy_run above[] = {run(1000, VERDICT_PASS), run(2000, VERDICT_BREAK), run(4000, VERDICT_INVALID)};
    const struct policy_run open[] = {run(1000, VERDICT_PASS), run(2000, VERDICT_UNDECIDED)};

    assert_false(blocks_trial_has_gap(repeated, 4));
    assert_false(blocks_trial_has_gap(above, 3));
    assert_false(blocks_trial_has_gap(open, 2));
}

/* Runs blocks of which every one up to `spoiled` has a gap; returns how many are run. */
static size_t run_blocks(size_t trials, size_t spare, size_t spoiled)
{
    const struct plan plan = {.trial_count = trials, .spare_count = spare};
    struct blocks blocks;

    blocks_init(&blocks, &plan);
    while (blocks_next(&blocks)) {
        blocks_ran(&blocks, blocks.run >= spoiled);
    }
    return blocks.run;
}

TEST(a_block_with_a_gap_is_made_up_for_within_the_budget)
{
    assert_int_equal(run_blocks(6, 2, 0), 6);
    assert_int_equal(run_blocks(6, 2, 1), 7);
    assert_int_equal(run_blocks(6, 2, 2), 8);
    assert_int_equal(run_blocks(6, 2, 6), 8);
    assert_int_equal(run_blocks(3, 0, 3), 3);
}

/* --- a run that was resumed --------------------------------------------------------------------------------------- */

static void end_trial(struct run_log *log, unsigned trial, const char *failed)
{
    *list_add(log->trials, log->trial_count) =
        (struct trial_record){.backend = mem_string("go"), .trial = trial, .failed = mem_string(failed)};
}

TEST(a_finished_trial_of_a_resumed_run_is_whole_only_where_its_steps_say_so)
{
    struct run_log log;
    struct scenario scenario;

    log_builder_init(&log);
    assert_int_equal(scenario_parse(&scenario, "catalog", log_builder_scenario, NULL), 0);
    const struct blocks_terms terms = {.verdict = {.limits = &scenario.limits, .traffic = &scenario.traffic},
                                       .service_cores = 2};
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "ppb");
    log_builder_climb(&log, "go", 1, "pib"); /* 1,000/s stayed invalid */
    log_builder_climb(&log, "go", 2, "pbi");
    log_builder_climb(&log, "go", 4, "pp"); /* under way when the run was cut short */
    for (unsigned trial = 0; trial < 3; trial++) {
        end_trial(&log, trial, NULL);
    }
    end_trial(&log, 3, "did not start");
    assert_true(blocks_trial_was_whole(&log, "go", 0, &terms));
    assert_false(blocks_trial_was_whole(&log, "go", 1, &terms));
    assert_true(blocks_trial_was_whole(&log, "go", 2, &terms));
    assert_false(blocks_trial_was_whole(&log, "go", 3, &terms));
    assert_false(blocks_trial_was_whole(&log, "go", 4, &terms));
    assert_false(blocks_trial_was_whole(&log, "node", 0, &terms));
    scenario_release(&scenario);
    run_log_release(&log);
}
