/* What went wrong beside the load, found in logs that are made up: trials that failed, deaths, audits not made. */
#include "analysis/reliability.h"

#include "base/list.h"
#include "base/mem.h"
#include "log_builder.h"
#include "test.h"
#include "warned.h"

#include <stdlib.h>
#include <string.h>

static const char needing[] =
    "{\"schema\": 1, \"name\": \"catalog\", \"why\": \"needs a database\",\n"
    " \"requests\": [{\"name\": \"read\", \"weight\": 1, \"method\": \"GET\", \"path\": \"/items/1\"}],\n"
    " \"double\": {\"what\": \"rate\", \"from\": 500, \"steps\": 9},\n"
    " \"step\": {\"warmup\": \"1s\", \"measure\": \"5s\"}, \"deadline\": \"1s\", \"seed\": 1,\n"
    " \"needs\": {\"database\": \"postgresql\"}, \"limits\": {\"p99\": \"50ms\"}}\n";

/* Six trials of go, without those in `failed`. */
static void six_trials(struct run_log *log, const char *failed)
{
    log_builder_init(log);
    log_builder_backend(log, "go");
    for (unsigned trial = 0; trial < 6; trial++) {
        char number = (char)('1' + (int)trial);
        if (strchr(failed, number) == NULL) {
            log_builder_climb(log, "go", trial, "ppb");
        }
        log_builder_trial(log, "go", trial, strchr(failed, number) == NULL ? NULL : "go: exit status 4");
    }
}

/* --- failed trials ------------------------------------------------------------------------------------------------ */

TEST(trials_that_did_not_start_are_counted_beside_those_that_ran)
{
    struct run_log log;

    six_trials(&log, "25");
    struct findings findings = log_builder_findings(&log);
    const struct backend_finding *go = &findings.backends[0];
    assert_int_equal(go->trials, 4);
    assert_int_equal(go->failed_trial_count, 2);
    assert_int_equal(go->failed_trials[0].trial, 1);
    assert_int_equal(go->failed_trials[1].trial, 4);
    assert_string_equal(go->failed_trials[1].why, "go: exit status 4");
    assert_false(go->failed_trials[0].harness_fault);
    assert_false(reliability_valid(&findings));
    findings_release(&findings);
    warned_check(&log, WARNING_TRIAL, "go did not start in 2 of its 6 trials; in trial 2: go: exit status 4", NULL);
    run_log_release(&log);
}

TEST(a_trial_that_the_harness_could_not_run_is_not_the_services)
{
    struct run_log log;

    six_trials(&log, "3");
    log.trials[2].harness_fault = true;
    struct findings findings = log_builder_findings(&log);
    assert_true(findings.backends[0].failed_trials[0].harness_fault);
    assert_false(reliability_valid(&findings));
    findings_release(&findings);
    warned_check(&log, WARNING_TRIAL,
                 "1 of the 6 trials of go could not be run, which is not its doing; trial 3: go: exit status 4", NULL);
    run_log_release(&log);
}

TEST(a_run_without_fault_is_valid)
{
    struct run_log log;

    six_trials(&log, "");
    struct findings findings = log_builder_findings(&log);
    assert_true(reliability_valid(&findings));
    findings_release(&findings);
    warned_check_silent(&log);
    run_log_release(&log);
}

TEST(one_that_is_left_out_makes_a_run_not_valid_unless_its_toolchain_is_not_here)
{
    struct run_log log;

    six_trials(&log, "");
    log_builder_skip(&log, "java", "its build failed");
    struct findings findings = log_builder_findings(&log);
    assert_false(reliability_valid(&findings));
    findings_release(&findings);
    log.backends[1].not_installed = true;
    findings = log_builder_findings(&log);
    assert_true(reliability_valid(&findings));
    findings_release(&findings);
    run_log_release(&log);
}

/* --- deaths ------------------------------------------------------------------------------------------------------- */

static struct step_builder dying(unsigned trial, uint64_t level, double at_ms)
{
    struct step_builder builder;

    step_builder_init(&builder, level);
    builder.backend = "go";
    builder.trial = trial;
    builder.index = 9;
    step_builder_die(&builder, at_ms, -1, 11);
    return builder;
}

TEST(deaths_are_found_wherever_they_came)
{
    struct step_builder search = dying(0, 1400, 1200), soak = dying(1, 500, 4000), recovery = dying(2, 500, 700);
    struct step_builder warm = dying(3, 2000, -300), ladder = dying(4, 4000, 100);
    struct run_log log;

    six_trials(&log, "");
    log_builder_soak(&log, &soak);
    log_builder_recovery(&log, &recovery);
    log_builder_step(&log, &ladder);
    log_builder_step(&log, &warm)->phase = PHASE_WARM;
    log_builder_step(&log, &search)->phase = PHASE_SEARCH;
    struct findings findings = log_builder_findings(&log);
    const struct backend_finding *go = &findings.backends[0];
    assert_int_equal(go->death_count, 5);
    for (unsigned i = 0; i < 5; i++) {
        static const enum trial_part parts[] = {PART_SEARCH, PART_SOAK, PART_RECOVERY, PART_WARM, PART_LADDER};
        static const uint64_t at_ms[] = {1200, 4000, 700, 0, 100};
        assert_int_equal(go->deaths[i].step->trial, i);
        assert_int_equal(go->deaths[i].part, parts[i]);
        assert_int_equal(go->deaths[i].at_ns, at_ms[i] * 1000000);
        assert_int_equal(go->deaths[i].in_warmup, parts[i] == PART_WARM);
    }
    assert_true(reliability_valid(&findings)); /* a crash is a result */
    findings_release(&findings);
    run_log_release(&log);
}

/* One service is killed by the kernel for want of memory, in its own group or on the whole machine, and one by whoever.
 */
TEST(a_death_for_want_of_memory_is_told_from_others)
{
    struct run_log log;

    six_trials(&log, "");
    for (unsigned i = 0; i < 4; i++) {
        struct step_builder builder = dying(i, 500, 4000);
        builder.death.signal = i == 3 ? 11 : 9;
        struct step_record *step = log_builder_soak(&log, &builder);
        assert_true(step->sample_count > 1);
        step->samples[step->sample_count - 1].service_group_oom_kills = i == 0 || i == 3;
        step->samples[step->sample_count - 1].oom_kills = i == 1;
    }
    struct findings findings = log_builder_findings(&log);
    const struct backend_finding *go = &findings.backends[0];
    assert_int_equal(go->death_count, 4);
    for (unsigned i = 0; i < 4; i++) {
        assert_int_equal(go->deaths[i].for_memory, i < 2);
    }
    findings_release(&findings);
    run_log_release(&log);
}

/* --- audits ------------------------------------------------------------------------------------------------------- */

static struct audit_record *add_audit(struct run_log *log, unsigned trial, bool counted)
{
    struct audit_record *audit = list_add(log->audits, log->audit_count);

    *audit = (struct audit_record){.backend = mem_string("go"), .trial = trial, .database.counted = counted};
    return audit;
}

TEST(an_audit_that_was_not_made_is_no_passed_one)
{
    struct run_log log;

    six_trials(&log, "6");
    warned_replace(&log.run.scenario_text, needing);
    log.dependencies = NULL;
    for (unsigned trial = 0; trial < 4; trial++) {
        add_audit(&log, trial, trial != 2);
    }
    log.audits[2].not_counted = mem_string("the server is gone");
    struct findings findings = log_builder_findings(&log);
    const struct backend_finding *go = &findings.backends[0];
    assert_int_equal(go->audit_gap_count, 2);
    assert_int_equal(go->audit_gaps[0].trial, 2);
    assert_string_equal(go->audit_gaps[0].why, "the server is gone");
    assert_int_equal(go->audit_gaps[1].trial, 4); /* it has no audit at all; the sixth has no step to audit */
    assert_null(go->audit_gaps[1].why);
    assert_false(reliability_valid(&findings));
    bool told = false;
    for (size_t i = 0; i < findings.warning_count; i++) {
        told = told || (findings.warnings[i].kind == WARNING_AUDIT &&
                        strcmp(findings.warnings[i].text,
                               "whether the responses of go in trial 3, 5 add up with what its dependencies hold is "
                               "not known: the server is gone") == 0);
    }
    assert_true(told);
    findings_release(&findings);
    run_log_release(&log);
}

/* The dependencies of a step, as if PostgreSQL had failed in it or before it. */
static void note_fault(struct step_record *step, enum dependency_fault fault, enum dependency_fault mended)
{
    step->dependencies = mem_new(1, sizeof *step->dependencies);
    step->dependency_count = 1;
    step->dependencies[0] =
        (struct dependency_load){.name = mem_string(DEPENDENCY_POSTGRESQL), .fault = fault, .mended = mended};
}

static bool warned_of(const struct findings *findings, enum warning_kind kind, const char *text)
{
    for (size_t i = 0; i < findings->warning_count; i++) {
        print_message("%s\n", findings->warnings[i].text);
        if (findings->warnings[i].kind == kind && strcmp(findings->warnings[i].text, text) == 0) {
            return true;
        }
    }
    return false;
}

/* Six trials of three steps each, all audited. */
static void six_audited(struct run_log *log)
{
    six_trials(log, "");
    warned_replace(&log->run.scenario_text, needing);
    log->dependencies = NULL;
    for (unsigned trial = 0; trial < 6; trial++) {
        add_audit(log, trial, true);
    }
}

TEST(an_audit_of_what_came_after_a_dependency_was_mended_is_not_one_of_the_trial)
{
    struct run_log log;

    six_audited(&log);
    note_fault(&log.steps[3 + 1], DEPENDENCY_WELL, DEPENDENCY_CUT); /* the second step of the second trial */
    struct findings findings = log_builder_findings(&log);
    const struct backend_finding *go = &findings.backends[0];
    assert_int_equal(go->audit_gap_count, 1);
    assert_int_equal(go->audit_gaps[0].trial, 1);
    assert_int_equal(go->mending_count, 1);
    assert_true(go->mendings[0].inside_trial);
    assert_false(reliability_valid(&findings));
    assert_true(
        warned_of(&findings, WARNING_AUDIT,
                  "whether the responses of go in trial 2 add up with what its dependencies hold is not known: "
                  "the connection to its PostgreSQL was cut, and only what came after it was mended is counted"));
    assert_true(
        warned_of(&findings, WARNING_RUN,
                  "before a step of trial 2 of go, the connection to its PostgreSQL was cut; it was made to work "
                  "again, and the service was started anew"));
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_fault_in_a_step_cuts_the_audit_in_files_that_do_not_tell_of_the_mending_too)
{
    struct run_log log;

    six_audited(&log);
    note_fault(&log.steps[3 + 1], DEPENDENCY_ENDED, DEPENDENCY_WELL);
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.backends[0].audit_gap_count, 1);
    assert_int_equal(findings.backends[0].mending_count, 0);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_dependency_that_was_mended_before_a_trial_is_told_of_and_spoils_nothing)
{
    struct run_log log;

    six_audited(&log);
    note_fault(&log.steps[3], DEPENDENCY_WELL, DEPENDENCY_ENDED);
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.backends[0].audit_gap_count, 0);
    assert_false(findings.backends[0].mendings[0].inside_trial);
    assert_true(reliability_valid(&findings));
    assert_true(warned_of(&findings, WARNING_RUN,
                          "before the first step of trial 2 of go, its PostgreSQL was gone; it was made to work again, "
                          "and the service was started anew"));
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_recovery_before_which_a_dependency_was_mended_is_inside_its_trial)
{
    struct step_builder recovery;
    struct run_log log;

    six_audited(&log);
    step_builder_init(&recovery, 500);
    recovery.backend = "go";
    recovery.trial = 2;
    note_fault(log_builder_recovery(&log, &recovery), DEPENDENCY_WELL, DEPENDENCY_FULL);
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.backends[0].audit_gap_count, 1);
    assert_int_equal(findings.backends[0].audit_gaps[0].trial, 2);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_trial_whose_service_did_not_start_again_ended_early)
{
    struct run_log log;

    six_audited(&log);
    log.trials[3].ended_early = mem_string("go: exit status 4");
    log.audits[3].trial = 9; /* it has none */
    struct findings findings = log_builder_findings(&log);
    const struct backend_finding *go = &findings.backends[0];
    assert_int_equal(go->trials, 6); /* its steps stand */
    assert_int_equal(go->failed_trial_count, 0);
    assert_int_equal(go->early_end_count, 1);
    assert_int_equal(go->early_ends[0].trial, 3);
    assert_string_equal(go->audit_gaps[0].why, "the trial ended early");
    assert_false(reliability_valid(&findings));
    assert_true(
        warned_of(&findings, WARNING_TRIAL,
                  "trial 4 of go has fewer steps than it wanted: after a dependency was mended, it did not start "
                  "again: go: exit status 4"));
    findings_release(&findings);
    run_log_release(&log);
}

/* --- no result ---------------------------------------------------------------------------------------------------- */

TEST(a_run_without_one_valid_step_is_not_valid)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "iii");
    log_builder_trial(&log, "go", 0, NULL);
    struct findings findings = log_builder_findings(&log);
    assert_true(findings.backends[0].all_invalid);
    assert_false(reliability_valid(&findings));
    assert_true(
        warned_of(&findings, WARNING_GENERATOR, "go has no result: none of its 3 steps says anything about it"));
    findings_release(&findings);
    run_log_release(&log);
}

TEST(without_dependencies_there_is_nothing_to_audit)
{
    struct run_log log;

    six_trials(&log, "");
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.backends[0].audit_gap_count, 0);
    findings_release(&findings);
    run_log_release(&log);
}

/* --- the recovery ------------------------------------------------------------------------------------------------- */

TEST(a_recovery_in_which_the_generator_was_at_fault_says_nothing)
{
    struct step_builder late, well;
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "ppb");
    step_builder_init(&late, 500);
    late.backend = "go";
    well = late;
    late.lag_us = 9000;
    log_builder_recovery(&log, &late)->load.started_ns += UINT64_C(6000000000);
    struct findings findings = log_builder_findings(&log);
    assert_true(findings.backends[0].recovery.invalid);
    assert_false(findings.backends[0].recovery.recovered);
    assert_true(findings.backends[0].recovery.verdict.invalid[INVALID_SEND_LAG]);
    findings_release(&findings);
    struct step_record *again = log_builder_recovery(&log, &well);
    again->load.started_ns += UINT64_C(12000000000);
    again->attempt = 1;
    findings = log_builder_findings(&log);
    assert_ptr_equal(findings.backends[0].recovery.record, &log.recoveries[1]);
    assert_false(findings.backends[0].recovery.invalid);
    assert_true(findings.backends[0].recovery.recovered && findings.backends[0].recovery.again);
    assert_int_equal(findings.backends[0].recovery.after_ns, UINT64_C(7000000000)); /* the most that it can be */
    findings_release(&findings);
    run_log_release(&log);
}
