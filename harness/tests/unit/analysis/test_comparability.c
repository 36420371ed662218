#include "analysis/comparison/comparability.h"

#include "base/mem.h"
#include "compared_pair.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static void set_text(char **text, const char *value)
{
    free(*text);
    *text = mem_string(value);
}

/* The scenario's text with one piece in place of another. */
static void edit_scenario(struct run_log *log, const char *from, const char *to)
{
    char *old = log->run.scenario_text, *at = strstr(old, from);

    assert_non_null(at);
    log->run.scenario_text = mem_format("%.*s%s%s", (int)(at - old), old, to, at + strlen(from));
    free(old);
    set_text(&log->run.scenario_hash, "another");
}

static void expect_unlike(struct compared_pair *pair, const char *key, const char *first, const char *here)
{
    compared_pair_compare(pair);
    assert_int_equal(pair->comparison.unlike_count, 1);
    assert_string_equal(pair->comparison.unlike[0].key, key);
    assert_string_equal(pair->comparison.unlike[0].first, first);
    assert_string_equal(pair->comparison.unlike[0].here, here);
    assert_int_equal(pair->comparison.unlike[0].run, 1);
    compared_pair_end(pair);
}

static void begin_like(struct compared_pair *pair)
{
    compared_pair_begin(pair);
    compared_pair_add_go(&pair->logs[0], "ppb");
    compared_pair_add_go(&pair->logs[1], "ppb");
}

TEST(runs_that_may_not_be_compared_are_told_by_key_and_both_values)
{
    static const struct {
        const char *from, *to, *key, *first, *here;
    } edits[] = {
        {"\"name\": \"catalog\"", "\"name\": \"orders\"", "scenario", "catalog", "orders"},
        {"\"deadline\": \"1s\"", "\"deadline\": \"2s\"", "deadline", "1.00 s", "2.00 s"},
        {"\"steps\": 9", "\"steps\": 8", "double", "rate from 500 in 9 steps", "rate from 500 in 8 steps"},
        {"\"path\": \"/items/1\"", "\"path\": \"/items/2\"", "scenario hash", "00000000075bcd15", "another"},
    };

    for (size_t i = 0; i < sizeof edits / sizeof edits[0]; i++) {
        struct compared_pair pair;
        begin_like(&pair);
        edit_scenario(&pair.logs[1], edits[i].from, edits[i].to);
        expect_unlike(&pair, edits[i].key, edits[i].first, edits[i].here);
    }
}

/* The text of a scenario with a limit set on the command line has another hash: what was set says more. */
TEST(what_the_command_line_set_is_told_before_the_hash)
{
    struct compared_pair pair;

    begin_like(&pair);
    set_text(&pair.logs[1].run.scenario_hash, "another");
    set_text(&pair.logs[1].run.overridden, "limits.p99=20ms");
    expect_unlike(&pair, "overridden", "nothing", "limits.p99=20ms");
}

TEST(another_profile_seed_or_number_of_workers_is_told_too)
{
    struct compared_pair pair;

    begin_like(&pair);
    set_text(&pair.logs[1].run.profile, "quick");
    expect_unlike(&pair, "profile", "standard", "quick");
    begin_like(&pair);
    pair.logs[1].run.seed = 2;
    expect_unlike(&pair, "seed", "1", "2");
    begin_like(&pair);
    pair.logs[1].backends[0].workers = 4;
    expect_unlike(&pair, "workers", "go with 2", "go with 4");
}

TEST(another_box_is_told_and_the_same_one_is_not)
{
    struct compared_pair pair;

    begin_like(&pair);
    set_text(&pair.logs[1].backends[0].box, "cpus=0.5");
    expect_unlike(&pair, "box", "go in none", "go in cpus=0.5");
    begin_like(&pair);
    set_text(&pair.logs[0].backends[0].box, "cpus=0.5,memory=64MiB");
    set_text(&pair.logs[1].backends[0].box, "cpus=0.5");
    expect_unlike(&pair, "box", "go in cpus=0.5,memory=64MiB", "go in cpus=0.5");
    begin_like(&pair);
    set_text(&pair.logs[0].backends[0].box, "cpus=0.5");
    set_text(&pair.logs[1].backends[0].box, "cpus=0.5");
    set_text(&pair.logs[1].run.box, "cpus=0.5,1"); /* further ones beside it are no matter */
    compared_pair_compare(&pair);
    assert_int_equal(pair.comparison.unlike_count, 0);
    compared_pair_end(&pair);
}

TEST(runs_whose_boxes_are_in_the_names_are_told_by_the_boxes_of_the_run)
{
    struct compared_pair pair;

    begin_like(&pair);
    set_text(&pair.logs[1].backends[0].name, "go@0.5cpu");
    for (size_t i = 0; i < pair.logs[1].step_count; i++) {
        set_text(&pair.logs[1].steps[i].backend, "go@0.5cpu");
    }
    set_text(&pair.logs[1].run.box, "cpus=0.5,1");
    expect_unlike(&pair, "box", "none", "cpus=0.5,1");
}

TEST(machines_versions_and_trials_may_differ)
{
    struct compared_pair pair;

    begin_like(&pair);
    set_text(&pair.logs[1].run.machine.cpu, "another");
    set_text(&pair.logs[1].run.harness_version, "9.9.9");
    set_text(&pair.logs[1].backends[0].versions, "go 9");
    pair.logs[1].run.trials = 7;
    pair.logs[1].run.machine.cores = 64;
    compared_pair_compare(&pair);
    assert_int_equal(pair.comparison.unlike_count, 0);
    compared_pair_end(&pair);
}
