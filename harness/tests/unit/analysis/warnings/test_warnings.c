#include "analysis/warnings.h"

#include "base/mem.h"
#include "log_builder.h"
#include "test.h"
#include "warned.h"

#include <stdlib.h>
#include <string.h>

TEST(a_run_without_fault_gives_no_warning)
{
    struct run_log log;

    warned_quiet_run(&log);
    warned_check_silent(&log);
    run_log_release(&log);
}

/* --- of the run --------------------------------------------------------------------------------------------------- */

TEST(a_single_trial_is_warned_of_with_the_command_for_more)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.run.trials = 2;
    warned_check_silent(&log);
    log.run.trials = 1;
    warned_check(&log, WARNING_RUN,
                 "one trial a service: how much the next would differ is not known, so two services are told apart "
                 "only where a doubling lies between "
                 "them",
                 "make bench TRIALS=6");
    run_log_release(&log);
}

/* It would measure others. */
TEST(no_command_is_given_that_knows_nothing_of_the_targets)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.run.trials = 1;
    log.run.targets = mem_string("http://127.0.0.1:8080/");
    warned_check(&log, WARNING_RUN,
                 "one trial a service: how much the next would differ is not known, so two services are told apart "
                 "only where a doubling lies between "
                 "them",
                 NULL);
    run_log_release(&log);
}

TEST(fewer_than_six_trials_of_two_backends_are_warned_of)
{
    struct run_log log;

    warned_quiet_run(&log);
    log_builder_backend(&log, "node");
    warned_check_silent(&log);
    log.run.trials = 5;
    warned_check(&log, WARNING_RUN,
                 "5 trials a service are few: two services are told apart only where they differ by many times the "
                 "spread of their trials, or where a doubling lies between all of them; six or more show less",
                 "make bench TRIALS=6");
    run_log_release(&log);
}

TEST(a_quick_run_is_warned_of)
{
    struct run_log log;

    warned_quiet_run(&log);
    free(log.run.profile);
    log.run.profile = mem_string("quick");
    warned_check(&log, WARNING_RUN, "a quick run: steps are too short for a result to be shared", "make bench");
    run_log_release(&log);
}

TEST(a_run_without_an_end_or_interrupted_was_cut_short)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.end.present = false;
    warned_check(
        &log, WARNING_RUN,
        "the run was cut short: its file has no end, so twofold was killed, could not write, or still runs; what "
        "was measured until then stands",
        NULL);
    log.end.present = log.end.interrupted = true;
    warned_check(&log, WARNING_RUN,
                 "the run was cut short: its file does not say why; what was measured until then stands", NULL);
    log.end.reason = mem_string("the upstream had ended");
    warned_check(&log, WARNING_RUN,
                 "the run was cut short: the upstream had ended; what was measured until then stands", NULL);
    run_log_release(&log);
}

TEST(what_the_reader_of_the_log_had_to_live_with_is_passed_on)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.warning = mem_string("r.jsonl:9: the last record is cut short and was left out");
    warned_check(&log, WARNING_RUN, "r.jsonl:9: the last record is cut short and was left out", NULL);
    run_log_release(&log);
}

/* --- of a backend ------------------------------------------------------------------------------------------------- */

TEST(a_skipped_backend_is_named_with_its_reason)
{
    struct run_log log;

    warned_quiet_run(&log);
    log_builder_skip(&log, "zig", "zig is not installed");
    warned_check(&log, WARNING_SKIPPED, "zig took no part: zig is not installed", NULL);
    run_log_release(&log);
}

TEST(a_service_that_was_not_watched_is_named_with_what_was_in_the_way)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.backends[0].not_watched = mem_string("no process of this machine listens on port 8080");
    warned_check(
        &log, WARNING_RUN,
        "go was not watched: no process of this machine listens on port 8080. Its CPU, its memory and what held "
        "it up are not known",
        NULL);
    run_log_release(&log);
}

TEST(a_service_that_ran_already_was_not_fresh)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.backends[0].attached = mem_string("http://127.0.0.1:8080/");
    log.backends[0].cores = mem_string("2-3");
    warned_replace(&log.run.generator_cores, "0");
    log.run.trials = 6;
    warned_check(&log, WARNING_RUN,
                 "go ran already, and its process was not fresh in any of its 6 trials: what it had done before "
                 "(memory, caches, connections) is part of its figures",
                 NULL);
    run_log_release(&log);
}

TEST(an_attached_service_on_a_core_of_the_generator_is_warned_of)
{
    struct run_log log;

    warned_quiet_run(&log);
    log.backends[0].attached = mem_string("http://127.0.0.1:8080/");
    log.backends[0].cores = mem_string("0-3");
    log.backends[0].watched = mem_string("process 4711 (nginx)");
    warned_replace(&log.run.generator_cores, "0");
    log.run.trials = 6;
    warned_check_all(
        &log,
        (struct warning[]){
            {WARNING_RUN,
             (char *)"go ran already, and its process was not fresh in any of its 6 trials: what it had done before "
                     "(memory, caches, connections) is part of its figures",
             NULL},
            {WARNING_MACHINE,
             (char *)"go may run on the cores 0-3, and the load generator ran on 0: each disturbs the other",
             (char *)"taskset -acp 1-3 4711"}},
        2);
    run_log_release(&log);
}

TEST(a_pass_above_a_break_is_warned_of)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "pbp");
    warned_check(&log, WARNING_RUN,
                 "go broke at one load and held at a higher one; capacity is the highest load below the first break",
                 NULL);
    run_log_release(&log);
}

TEST(a_service_that_was_still_warming_up_is_warned_of)
{
    struct step_builder builder;
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "node");
    step_builder_init(&builder, 500);
    builder.backend = "node";
    for (size_t i = 0; i < 4; i++) {
        builder.intervals[i].usual_ms = 3 * builder.intervals[19].usual_ms;
    }
    builder.index = 1;
    log_builder_step(&log, &builder);
    warned_check_silent(&log); /* of later steps nothing is said */
    builder.index = 0;
    log_builder_step(&log, &builder);
    warned_check(
        &log, WARNING_RUN,
        "node was still warming up in its first step: until 1.00 s into it, responses took 3.0 times as long as "
        "after that; a longer step.warmup in the scenario leaves that out",
        NULL);
    run_log_release(&log);
}

TEST(time_taken_by_the_hypervisor_is_warned_of_above_a_fiftieth_of_a_core)
{
    const double steals[] = {0.019, 0.031, 0.025};
    struct step_builder builder;
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    step_builder_init(&builder, 500);
    for (size_t i = 0; i < 3; i++) {
        builder.host.steal = steals[i];
        builder.index = (unsigned)i;
        log_builder_step(&log, &builder);
        if (i == 0) {
            warned_check_silent(&log);
        } else {
            warned_check(&log, WARNING_MACHINE,
                         "the hypervisor took up to 3 % of a core away while go was measured: measure again when the "
                         "machine's neighbours are quiet, or on one of your own",
                         NULL);
        }
    }
    run_log_release(&log);
}

TEST(each_reason_for_an_invalid_step_has_its_words)
{
    struct findings findings = {0};
    struct run_log log;
    struct step_record record = {.backend = "go", .trial = 1, .level = 64000};
    struct backend_record go = {.name = "go"};
    struct step_finding step = {.record = &record, .verdict = {.verdict = VERDICT_INVALID}};
    struct backend_finding backend = {.record = &go, .steps = &step, .step_count = 1};

    log_builder_init(&log);
    findings.log = &log;
    findings.backends = &backend;
    findings.backend_count = 1;
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        step.verdict.invalid[i] = true;
        warnings_find(&findings);
        step.verdict.invalid[i] = false;
    }
    assert_int_equal(findings.warning_count, INVALIDITY_COUNT);
    for (size_t i = 0; i < INVALIDITY_COUNT; i++) {
        char *text = findings.warnings[i].text;
        assert_int_equal(findings.warnings[i].kind, WARNING_GENERATOR);
        assert_null(strstr(text, "(null)"));
        assert_int_equal(strncmp(text, "go at 64,000 (trial 2) says nothing about the service: ", 55), 0);
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(text, findings.warnings[k].text);
        }
    }
    for (size_t i = 0; i < findings.warning_count; i++) {
        free(findings.warnings[i].text);
        free(findings.warnings[i].command);
    }
    free(findings.warnings);
    run_log_release(&log);
}

TEST(an_invalid_step_is_warned_of_with_all_its_reasons)
{
    struct step_builder builder;
    struct run_log log;

    warned_quiet_run(&log);
    step_builder_init(&builder, 4000);
    step_builder_slow(&builder, 0, 20, 100, 75);
    builder.index = 3;
    builder.lag_us = 9000;
    builder.busiest_thread = 0.95;
    log_builder_step(&log, &builder);
    warned_check(&log, WARNING_GENERATOR,
                 "go at 4,000 (trial 1) says nothing about the service: requests left late by more than a tenth of "
                 "the latency limit; a generator thread was over 90 % busy",
                 "ps -eo pcpu,pid,comm --sort=-pcpu | head");
    run_log_release(&log);
}

TEST(of_an_invalid_step_that_was_repeated_only_the_repetition_is_warned_of)
{
    struct step_builder builder;
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    step_builder_init(&builder, 500);
    builder.lag_us = 9000;
    log_builder_step(&log, &builder);
    builder.lag_us = 20;
    log_builder_step(&log, &builder);
    warned_check_silent(&log);
    builder.index = 1;
    builder.lag_us = 9000;
    log_builder_step(&log, &builder);
    log_builder_step(&log, &builder);
    warned_check(&log, WARNING_GENERATOR,
                 "go at 500 (trial 1) says nothing about the service: requests left late by more than a tenth of the "
                 "latency limit",
                 "ps -eo pcpu,pid,comm --sort=-pcpu | head");
    run_log_release(&log);
}

TEST(a_dead_service_is_no_reason_for_a_warning)
{
    struct step_builder builder;
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    step_builder_init(&builder, 500);
    builder.lag_us = 9000;
    step_builder_die(&builder, 100, 1, 0);
    log_builder_step(&log, &builder);
    warned_check_silent(&log);
    run_log_release(&log);
}

TEST(a_backend_near_the_reference_service_is_near_what_can_be_shown)
{
    struct run_log log;

    warned_quiet_run(&log); /* 500, 1,000 and 2,000/s completed */
    log.run.calibration.throughput_rps = 2500;
    warned_check_silent(&log);
    log.run.calibration.throughput_rps = 2499;
    warned_check(&log, WARNING_GENERATOR,
                 "go completed 2,000/s, not far from the 2,499/s of the reference service: near the most that can be "
                 "shown on this machine",
                 NULL);
    log.run.calibration.throughput_rps = 0; /* not calibrated */
    warned_check_silent(&log);
    run_log_release(&log);
}
