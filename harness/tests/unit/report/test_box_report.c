/* What the reports say of the boxes that services ran in. */
#include "base/mem.h"
#include "log_builder.h"
#include "report/report.h"
#include "report/words/standing/box_phrase.h"
#include "test.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void add(struct run_log *log, const char *name, const char *box, const char *letters)
{
    struct backend_record *record = log_builder_backend(log, name);

    record->box = mem_string(box);
    record->unboxed = mem_copy(name, strcspn(name, "@"));
    log_builder_climb(log, name, 0, letters);
}

static void make(struct run_log *log)
{
    log_builder_init(log);
    log->run.box = mem_string("cpus=0.25,0.5,memory=256MiB");
    add(log, "go@0.25cpu", "cpus=0.25,memory=256MiB", "pb");
    add(log, "go@0.5cpu", "cpus=0.5,memory=256MiB", "pppb");
}

/* Runs of blanks as one. */
static char *text_of(const struct findings *findings, enum report_format format)
{
    struct text out = {0}, plain = {0};

    report_write(findings, format, &(struct report_options){.details = true}, &out);
    for (const char *at = out.data; *at != '\0'; at++) {
        bool blank = *at == ' ' || *at == '\n';
        if (!blank || (plain.length > 0 && plain.data[plain.length - 1] != ' ')) {
            text_append(&plain, blank ? " " : at, 1);
        }
    }
    text_release(&out);
    return text_take(&plain);
}

static void check_says(const char *text, const char *words)
{
    if (strstr(text, words) == NULL) {
        fail_msg("\"%s\" is not in: %s", words, text);
    }
}

TEST(a_report_says_which_boxes_there_were_and_what_each_buys)
{
    struct run_log log;

    make(&log);
    struct findings findings = log_builder_findings(&log);
    char *text = text_of(&findings, REPORT_TEXT), *markdown = text_of(&findings, REPORT_MARKDOWN);
    check_says(text,
               "box each service in turn in boxes of 0.25 cpus and 256 MiB and 0.5 cpus and 256 MiB, as a pod has "
               "it; the reference service runs outside of any");
    check_says(text, "What a larger box buys");
    check_says(markdown, "| go | 0.25 cpus and 256 MiB | between 500/s and 1,000/s |");
    check_says(markdown, "| go | 0.5 cpus and 256 MiB | between 2,000/s and 4,000/s |");
    check_says(markdown, "| 2 times | 2 to 8 times | 4,000 | 8,000 |");
    free(text);
    free(markdown);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(the_json_has_the_same)
{
    struct run_log log;
    struct text out = {0};

    make(&log);
    struct findings findings = log_builder_findings(&log);
    report_write(&findings, REPORT_JSON, NULL, &out);
    json_t *report = json_loads(out.data, 0, NULL);
    json_t *boxes = json_object_get(report, "boxes"), *second = json_array_get(boxes, 1);
    assert_string_equal(json_string_value(json_object_get(json_object_get(report, "cores"), "box")),
                        "cpus=0.25,0.5,memory=256MiB");
    assert_int_equal(json_array_size(boxes), 2);
    assert_true(json_is_null(json_object_get(json_array_get(boxes, 0), "times_the_box")));
    assert_string_equal(json_string_value(json_object_get(second, "service")), "go");
    assert_string_equal(json_string_value(json_object_get(second, "backend")), "go@0.5cpu");
    assert_int_equal(json_integer_value(json_object_get(second, "memory_bytes")), 256 << 20);
    assert_true(json_number_value(json_object_get(second, "cpus")) == 0.5);
    assert_true(json_number_value(json_object_get(second, "times_the_box")) == 2);
    assert_true(json_number_value(json_object_get(second, "buys_low")) == 2);
    assert_true(json_number_value(json_object_get(second, "buys_high")) == 8);
    assert_string_equal(json_string_value(json_object_get(second, "in_words")),
                        "go in 0.5 cpus and 256 MiB holds between 2,000/s and 4,000/s: 2 times the box buys 2 to 8 "
                        "times");
    json_decref(report);
    text_release(&out);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_box_of_which_nothing_is_known_is_told_as_that)
{
    struct run_log log;

    log_builder_init(&log);
    add(&log, "go@0.25cpu", "cpus=0.25", "ppb");
    add(&log, "go@0.5cpu", "cpus=0.5", "ii");
    struct findings findings = log_builder_findings(&log);
    struct text words = {0};
    box_phrase_step(&words, &findings, &findings.box_steps[1]);
    assert_string_equal(words.data, "go in 0.5 cpus: no step says what it holds");
    text_release(&words);
    char *markdown = text_of(&findings, REPORT_MARKDOWN);
    assert_null(strstr(markdown, "a GiB |")); /* no box limits memory */
    free(markdown);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(without_a_box_nothing_is_said_of_any)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "ppb");
    struct findings findings = log_builder_findings(&log);
    char *text = text_of(&findings, REPORT_TEXT);
    assert_null(strstr(text, " box"));
    free(text);
    findings_release(&findings);
    run_log_release(&log);
}

static const struct ratio_case {
    const char *name;
    double ratio, low, high;
} ratios[] = {
    {"1.9 times (1.7 to 2.1)", 1.9, 1.7, 2.1},
    {"1.7 to 2.4 times", NAN, 1.7, 2.4},
    {"more than 1.7 times", NAN, 1.7, INFINITY},
    {"less than 2.4 times", NAN, 0, 2.4},
    {"-", NAN, 0, INFINITY},
    {"-", NAN, NAN, NAN},
};

TEST_EACH(a_ratio_says_no_more_than_is_known, ratios)
{
    const struct ratio_case *this = *state;
    const struct box_step step = {.ratio = this->ratio, .ratio_low = this->low, .ratio_high = this->high};
    struct text out = {0};

    box_phrase_ratio(&out, &step);
    assert_string_equal(out.data, this->name);
    text_release(&out);
}

TEST(one_box_is_said_as_one)
{
    struct text out = {0};

    box_phrase_run(&out, "memory=64MiB,cpus=1");
    assert_string_equal(out.data, "each service in a box of 1 cpu and 64 MiB, as a pod has it; the reference service "
                                  "runs outside of any");
    text_clear(&out);
    box_phrase_run(&out, "cores=1,2");
    assert_string_equal(out.data,
                        "each service in turn on 1 core and 2 cores; the reference service has all that there "
                        "are");
    text_clear(&out);
    box_phrase_run(&out, "a shoe box"); /* of somebody else's file */
    assert_string_equal(out.data, "a shoe box");
    text_release(&out);
}
