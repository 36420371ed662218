#include "bench/blocks.h"

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
