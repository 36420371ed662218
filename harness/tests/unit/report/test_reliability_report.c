/* What the reports say of trials that failed, of processes that died and of audits that were not made. */
#include "base/list.h"
#include "base/mem.h"
#include "log_builder.h"
#include "report/report.h"
#include "report/words/conclusion.h"
#include "test.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* Runs of blanks and line ends as one blank. */
static void unwrap(struct text *text)
{
    struct text plain = {0};

    text_add(&plain, ""); /* of nothing an empty text is left */
    for (const char *at = text->data; *at != '\0'; at++) {
        bool blank = *at == ' ' || *at == '\n';
        if (!blank || (plain.length > 0 && plain.data[plain.length - 1] != ' ')) {
            text_append(&plain, blank ? " " : at, 1);
        }
    }
    text_release(text);
    *text = plain;
}

static void check_says(const struct findings *findings, enum report_format format, const char *words)
{
    struct text out = {0};

    report_write(findings, format, &(struct report_options){.details = true}, &out);
    unwrap(&out);
    if (strstr(out.data, words) == NULL) {
        fail_msg("\"%s\" is not in: %s", words, out.data);
    }
    text_release(&out);
}

static void check_silent(const struct findings *findings, const char *words)
{
    struct text out = {0};

    report_write(findings, REPORT_TEXT, &(struct report_options){.details = true}, &out);
    unwrap(&out);
    if (strstr(out.data, words) != NULL) {
        fail_msg("\"%s\" is in: %s", words, out.data);
    }
    text_release(&out);
}

static void check_answer(const struct run_log *log, const char *answer)
{
    struct findings findings = log_builder_findings(log);
    struct text out = {0};

    conclusion_write(&out, &findings);
    assert_string_equal(out.data, answer);
    text_release(&out);
    findings_release(&findings);
}

/* Four trials of go, of which the last `failed` did not start. */
static void four_trials(struct run_log *log, const char *letters, unsigned failed)
{
    log_builder_init(log);
    log->run.trials = 4;
    log_builder_backend(log, "go");
    for (unsigned trial = 0; trial < 4; trial++) {
        bool runs = trial + failed < 4;
        if (runs) {
            log_builder_climb(log, "go", trial, letters);
        }
        log_builder_trial(log, "go", trial, runs ? NULL : "go: the service exit status 4; its last output: no luck.");
    }
}

TEST(every_report_says_which_trials_did_not_start)
{
    struct run_log log;

    four_trials(&log, "ppb", 2);
    struct findings findings = log_builder_findings(&log);
    for (enum report_format format = REPORT_TEXT; format <= REPORT_MARKDOWN; format++) {
        check_says(&findings, format, "4 trials a service (of those of go, 2 did not start)");
        check_says(&findings, format, "Of the 4 trials of go, 2 did not start."); /* the answer */
        check_says(&findings, format, "Of its 4 trials, 2 did not start; the other 2 held 1,000/s");
        check_says(&findings, format,
                   "go did not start in 2 of its 4 trials; in trial 3: go: the service exit status 4");
    }
    check_says(&findings, REPORT_MARKDOWN, "| 2: 1,000/s; 2 did not start |"); /* the table */
    check_silent(&findings, "Its 2 trials held");
    findings_release(&findings);
    run_log_release(&log);
}

TEST(one_that_never_started_says_so_and_why)
{
    struct run_log log;

    four_trials(&log, "ppb", 4);
    struct findings findings = log_builder_findings(&log);
    check_says(&findings, REPORT_TEXT,
               "go did not start in any of its 4 trials: go: the service exit status 4; its last output: no luck.");
    check_says(&findings, REPORT_TEXT, "4 did not start"); /* the table */
    check_says(&findings, REPORT_TEXT, "Nothing is known of go, which did not start in any of its 4 trials.");
    findings_release(&findings);
    run_log_release(&log);
}

/* The answer says of such a service once that nothing is known, and why, whatever became of its trials. */
TEST(the_answer_says_once_why_nothing_is_known_of_a_service)
{
    static const struct {
        unsigned trials, not_run; /* of these, by a fault of the harness */
        const char *said;
    } cases[] = {
        {1, 0, "Nothing is known of never, which did not start."},
        {2, 0, "Nothing is known of never, which did not start in any of its 2 trials."},
        {1, 1, "Nothing is known of never, whose trial could not be run."},
        {3, 1, "Nothing is known of never, of whose 3 trials 2 did not start and 1 could not be run."},
    };

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct run_log log;
        struct text answer = {0};
        log_builder_init(&log);
        log_builder_backend(&log, "never");
        for (unsigned trial = 0; trial < cases[i].trials; trial++) {
            log_builder_trial(&log, "never", trial, "no luck")->harness_fault = trial < cases[i].not_run;
        }
        struct findings findings = log_builder_findings(&log);
        conclusion_write(&answer, &findings);
        const char *at = strstr(answer.data, "Nothing is known of ");
        assert_non_null(at);
        assert_memory_equal(at, cases[i].said, strlen(cases[i].said));
        assert_null(strstr(at + strlen(cases[i].said), "never"));
        text_release(&answer);
        findings_release(&findings);
        run_log_release(&log);
    }
}

TEST(programs_are_told_of_failed_trials_deaths_and_audits)
{
    struct step_builder soak;
    struct run_log log;
    struct text out = {0};

    four_trials(&log, "ppp", 1);
    step_builder_init(&soak, 500);
    soak.backend = "go";
    step_builder_die(&soak, 4000, -1, 11);
    log_builder_soak(&log, &soak);
    struct findings findings = log_builder_findings(&log);
    report_write(&findings, REPORT_JSON, NULL, &out);
    json_t *top = json_loads(out.data, 0, NULL);
    json_t *go = json_array_get(json_object_get(top, "backends"), 0);
    json_t *failed = json_array_get(json_object_get(go, "failed_trials"), 0);
    json_t *death = json_array_get(json_object_get(go, "deaths"), 0);
    assert_true(json_is_false(json_object_get(top, "valid")));
    assert_int_equal(json_integer_value(json_object_get(go, "trials")), 3);
    assert_int_equal(json_integer_value(json_object_get(go, "trials_failed")), 1);
    assert_int_equal(json_integer_value(json_object_get(failed, "trial")), 4);
    assert_string_equal(json_string_value(json_object_get(failed, "fault")), "service");
    assert_string_equal(json_string_value(json_object_get(death, "part")), "soak");
    assert_int_equal(json_integer_value(json_object_get(death, "at_ms")), 4000);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(death, "death"), "signal")), 11);
    assert_string_equal(json_string_value(json_object_get(death, "in_words")),
                        "died in its soak after 4.00 s at 500/s: killed by signal 11 (SIGSEGV)");
    json_decref(top);
    text_release(&out);
    findings_release(&findings);
    run_log_release(&log);
}

/* The field of this column in the row that has `words`. */
static char *field_of(const char *csv, const char *column, const char *words)
{
    char *copy = mem_string(csv), *rest = copy, *header = strsep(&rest, "\r"), *line, *field = NULL;
    size_t place = 0, at = 0;

    for (char *name; (name = strsep(&header, ",")) != NULL && strcmp(name, column) != 0;) {
        place++;
    }
    while ((line = strsep(&rest, "\r")) != NULL && strstr(line, words) == NULL) {
    }
    assert_non_null(line);
    while (at++ <= place) {
        field = strsep(&line, ",");
    }
    char *found = mem_string(field);
    free(copy);
    return found;
}

static void check_field(const char *csv, const char *column, const char *words, const char *expected)
{
    char *field = field_of(csv, column, words);
    assert_string_equal(field, expected);
    free(field);
}

TEST(csv_has_a_row_for_a_trial_that_did_not_start)
{
    static const char row[] = ",did not start,";
    struct run_log log;
    struct text out = {0};

    four_trials(&log, "ppb", 1);
    struct findings findings = log_builder_findings(&log);
    report_write(&findings, REPORT_CSV, NULL, &out);
    check_field(out.data, "service", row, "go");
    check_field(out.data, "trial", row, "4");
    check_field(out.data, "step", row, "");
    check_field(out.data, "offered", row, "");
    check_field(out.data, "failed_timeout", row, "");
    check_field(out.data, "audited", row, "");
    check_field(out.data, "trial_failed", row, "go: the service exit status 4; its last output: no luck.");
    check_field(out.data, "trial_failed", ",pass,", "");
    text_release(&out);
    findings_release(&findings);
    run_log_release(&log);
}

static struct step_builder dying(uint64_t level, double at_ms)
{
    struct step_builder builder;

    step_builder_init(&builder, level);
    builder.backend = "go";
    builder.index = 9;
    step_builder_die(&builder, at_ms, -1, 9);
    return builder;
}

static void one_trial(struct run_log *log, const char *letters)
{
    log_builder_init(log);
    log_builder_backend(log, "go");
    log_builder_climb(log, "go", 0, letters);
}

TEST(a_death_in_the_soak_is_the_headline)
{
    struct step_builder soak = dying(64000, 4000);
    struct run_log log;

    one_trial(&log, "ppppppppp");
    log_builder_soak(&log, &soak);
    check_answer(
        &log, "go died in its soak after 4.00 s at 64,000/s: killed by signal 9 (SIGKILL). In the other steps no "
              "limit broke: go holds at least 128,000/s. 128,000/s is the top of the ladder; a longer one would tell "
              "more.");
    struct findings findings = log_builder_findings(&log);
    check_silent(&findings, "Nothing was seen to break");
    check_silent(&findings, "not seen to break");
    check_says(&findings, REPORT_TEXT, "crash in its soak"); /* the table */
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_death_in_the_recovery_is_the_headline)
{
    struct step_builder recovery = dying(500, 700);
    struct run_log log;

    one_trial(&log, "ppppppppp");
    log_builder_recovery(&log, &recovery)->load.started_ns += UINT64_C(6000000000);
    log.recoveries[0].death.at_ns += UINT64_C(6000000000);
    check_answer(
        &log, "go died in its recovery after 700 ms at 500/s: killed by signal 9 (SIGKILL). In the other steps no "
              "limit broke: go holds at least 128,000/s. 128,000/s is the top of the ladder; a longer one would tell "
              "more.");
    struct findings findings = log_builder_findings(&log);
    check_says(&findings, REPORT_TEXT, "it did not recover: its process ended, killed by signal 9 (SIGKILL)");
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_soak_that_broke_without_a_death_is_told_first_as_well)
{
    struct step_builder soak;
    struct run_log log;

    one_trial(&log, "ppppppppp");
    step_builder_init(&soak, 64000);
    soak.backend = "go";
    step_builder_slow(&soak, 8, BUILT_INTERVALS, soak.intervals[0].offered / 10, 75);
    log_builder_soak(&log, &soak);
    struct findings findings = log_builder_findings(&log);
    check_says(&findings, REPORT_TEXT, "go did not hold a steady load of 64,000/s: latency broke after 2.25 s.");
    check_silent(&findings, "Nothing was seen to break");
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_crash_in_the_search_is_what_breaks_first)
{
    struct step_builder search = dying(1400, 1200);
    struct run_log log;
    struct text out = {0};

    one_trial(&log, "ppbb");
    step_builder_fail(&search, 5, BUILT_INTERVALS, search.intervals[0].offered, FAILURE_CONNECT);
    log_builder_step(&log, &search)->phase = PHASE_SEARCH;
    struct findings findings = log_builder_findings(&log);
    conclusion_write(&out, &findings);
    const char *begin = "go breaks first, by a crash at 1,180/s (1,000 to 1,400)";
    if (strncmp(out.data, begin, strlen(begin)) != 0) {
        fail_msg("%s", out.data);
    }
    check_says(&findings, REPORT_TEXT, "killed by signal 9 (SIGKILL)");
    text_release(&out);
    findings_release(&findings);
    run_log_release(&log);
}

/* What breaks first is another limit; the crash further up is told before it. */
TEST(a_crash_above_the_first_break_is_told_too)
{
    struct step_builder ladder = dying(4000, -200);
    struct run_log log;
    struct text out = {0};

    one_trial(&log, "pbb");
    log_builder_step(&log, &ladder);
    struct findings findings = log_builder_findings(&log);
    conclusion_write(&out, &findings);
    const char *begin = "go died in its climb during the warm-up at 4,000/s: killed by signal 9 (SIGKILL). "
                        "go breaks first, on latency";
    if (strncmp(out.data, begin, strlen(begin)) != 0) {
        fail_msg("%s", out.data);
    }
    text_release(&out);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(an_overview_says_both)
{
    struct step_builder soak = dying(500, 4000);
    struct run_log log;
    struct text out = {0};

    four_trials(&log, "ppb", 2);
    log_builder_soak(&log, &soak);
    struct findings findings = log_builder_findings(&log);
    const struct findings *runs[] = {&findings};
    report_write_overview(runs, 1, REPORT_TEXT, &(struct page_look){.width = 400}, &out);
    assert_non_null(strstr(out.data, "; crash in its soak; of its trials 2 did not start"));
    text_release(&out);
    findings_release(&findings);
    run_log_release(&log);
}
