/* What a larger box buys, out of made-up runs. */
#include "analysis/capacity/box_steps.h"

#include "analysis/usage/service_place.h"
#include "base/mem.h"
#include "log_builder.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

/* A service in a box, climbed once for each text of letters. */
static void add(struct run_log *log, const char *service, const char *box, const char *const *letters)
{
    char *name = mem_format("%s@%s", service, box);
    struct backend_record *record = log_builder_backend(log, name);

    record->box = mem_string(box);
    record->unboxed = mem_string(service);
    for (unsigned trial = 0; letters[trial] != NULL; trial++) {
        log_builder_climb(log, name, trial, letters[trial]);
    }
    free(name);
}

static const char *const holds_500[] = {"pb", NULL}, *const holds_1000[] = {"ppb", NULL},
                         *const holds_4000[] = {"ppppb", NULL}, *const never_broke[] = {"pp", NULL},
                         *const held_nothing[] = {"b", NULL};

TEST(each_box_stands_beside_the_next_smaller_one_of_its_service)
{
    struct run_log log;

    log_builder_init(&log);
    add(&log, "rust", "cpus=0.5", holds_4000);
    add(&log, "go", "cpus=1", holds_4000);
    add(&log, "go", "cpus=0.25", holds_500);
    add(&log, "rust", "cpus=0.25", holds_1000);
    add(&log, "go", "cpus=0.5", holds_1000);
    struct findings findings = log_builder_findings(&log);
    static const char *const names[] = {"go@cpus=0.25", "go@cpus=0.5", "go@cpus=1", "rust@cpus=0.25", "rust@cpus=0.5"};
    assert_int_equal(findings.box_step_count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(findings.box_steps[i].finding->record->name, names[i]);
    }
    const struct box_step *steps = findings.box_steps;
    assert_null(steps[0].before);
    assert_true(isnan(steps[0].times) && isnan(steps[0].ratio_low));
    assert_ptr_equal(steps[1].before, steps[0].finding);
    assert_true(steps[1].times == 2);
    /* 500 to 1,000 before, 1,000 to 2,000 now. */
    assert_float_equal(steps[1].ratio_low, 1, 1e-9);
    assert_float_equal(steps[1].ratio_high, 4, 1e-9);
    assert_float_equal(steps[2].ratio_low, 2, 1e-9);
    assert_float_equal(steps[2].ratio_high, 8, 1e-9);
    assert_null(steps[3].before); /* another service */
    findings_release(&findings);
    run_log_release(&log);
}

/* The run's services have two cores: a box of four takes some of the generator's. */
TEST(boxes_of_whole_cores_are_the_cores_that_a_service_has)
{
    struct run_log log;

    log_builder_init(&log);
    add(&log, "go", "cores=4", holds_4000);
    add(&log, "go", "cores=1", holds_1000);
    add(&log, "go", "cores=2", holds_4000);
    struct findings findings = log_builder_findings(&log);
    static const unsigned cores[] = {1, 2, 4};
    assert_int_equal(findings.box_step_count, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct backend_finding *finding = findings.box_steps[i].finding;
        assert_int_equal(findings.box_steps[i].box.cores, cores[i]);
        assert_int_equal(finding->core_count, cores[i]);
        assert_true(box_steps_cores(finding) == cores[i]);
        assert_true(service_place_find(&log, finding->record->name).shared == (cores[i] == 4));
    }
    assert_true(findings.box_steps[1].times == 2 && findings.box_steps[2].times == 2);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(what_is_open_stays_open)
{
    struct run_log log;

    log_builder_init(&log);
    add(&log, "go", "memory=64MiB", held_nothing);
    add(&log, "go", "memory=128MiB", holds_1000);
    add(&log, "go", "memory=512MiB", never_broke);
    struct findings findings = log_builder_findings(&log);
    const struct box_step *steps = findings.box_steps;
    assert_int_equal(findings.box_step_count, 3);
    assert_true(steps[1].times == 2 && steps[2].times == 4);
    assert_float_equal(steps[1].ratio_low, 2, 1e-9); /* it held less than 500 */
    assert_true(isinf(steps[1].ratio_high));
    assert_float_equal(steps[2].ratio_low, 0.5, 1e-9);
    assert_true(isinf(steps[2].ratio_high));
    assert_true(isnan(steps[2].ratio));
    findings_release(&findings);
    run_log_release(&log);
}

TEST(of_a_box_that_no_step_says_anything_of_nothing_is_known)
{
    static const char *const invalid[] = {"ii", NULL};
    struct run_log log;

    log_builder_init(&log);
    add(&log, "go", "cpus=0.5", invalid);
    add(&log, "go", "cpus=1", holds_1000);
    struct findings findings = log_builder_findings(&log);
    assert_true(isnan(findings.box_steps[0].low) && isnan(findings.box_steps[0].high));
    assert_true(findings.box_steps[1].times == 2);
    assert_true(isnan(findings.box_steps[1].ratio_low) && isnan(findings.box_steps[1].ratio_high));
    findings_release(&findings);
    run_log_release(&log);
}

/* Blocks of trials are worth more than the intervals of two capacities. */
TEST(over_several_trials_the_blocks_tell_the_ratio)
{
    static const char *const low[] = {"ppb", "ppb", "ppb", "ppb", "ppb", "ppb", NULL}, *const high[] = {"pppb",  "pppb",
                                                                                                        "ppppb", "pppb",
                                                                                                        "pppb",  "pppb",
                                                                                                        NULL};
    struct run_log log;

    log_builder_init(&log);
    add(&log, "go", "cpus=0.25", low);
    add(&log, "go", "cpus=0.5", high);
    struct findings findings = log_builder_findings(&log);
    const struct box_step *step = &findings.box_steps[1];
    assert_float_equal(step->ratio, pow(2, 7.0 / 6), 0.2);
    assert_true(step->ratio_low > 1 && step->ratio_low < step->ratio && step->ratio < step->ratio_high);
    assert_true(isfinite(step->ratio_high));
    findings_release(&findings);
    run_log_release(&log);
}

TEST(one_box_or_none_is_no_ladder)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go")->box = mem_string("cpus=0.5");
    log_builder_climb(&log, "go", 0, "ppb");
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.box_step_count, 0);
    /* 1,000/s in half a core, though the service has two. */
    assert_float_equal(findings.backends[0].efficiency.good_rps_per_core, 2000, 1);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_box_that_is_none_limits_nothing)
{
    struct backend_record strange = {.box = (char *)"a shoe box"}, large = {.box = (char *)"cpus=64"};

    assert_false(box_limits(&(struct box[]){box_steps_box(&strange)}[0]));
    assert_true(box_steps_cores(&(struct backend_finding){.record = &strange, .core_count = 2}) == 2);
    assert_true(box_steps_cores(&(struct backend_finding){.record = &large, .core_count = 2}) == 2);
    assert_true(box_steps_cores(&(struct backend_finding){.record = &large}) == 64);
    assert_true(isnan(box_steps_cores(&(struct backend_finding){.record = &strange})));
}
