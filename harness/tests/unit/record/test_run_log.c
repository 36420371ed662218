#include "record/run_log.h"

#include "base/file.h"
#include "base/mem.h"
#include "run_example.h"
#include "run_place.h"
#include "test.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TEST(a_run_is_read_back_field_by_field)
{
    struct run_place place;
    struct run_log expected, log;
    struct error err = {0};

    run_place_init(&place);
    run_example_make(&expected);
    if (run_log_read(&log, place.example, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_null(log.warning);
    run_example_check_same(&log, &expected);
    run_log_release(&log);
    run_log_release(&expected);
    run_place_release(&place);
}

TEST(an_outline_is_the_run_without_its_steps)
{
    struct run_place place;
    struct run_log whole, outline;
    struct error err = {0};

    run_place_init(&place);
    assert_int_equal(run_log_read(&whole, place.example, &err), 0);
    assert_int_equal(run_log_read_outline(&outline, place.example, &err), 0);
    assert_true(whole.step_count > 0 && whole.recovery_count > 0 && whole.soak_count > 0);
    assert_int_equal(outline.step_count + outline.recovery_count + outline.soak_count, 0);
    run_log_drop_steps(&whole);
    run_example_check_same(&outline, &whole);
    run_log_release(&outline);
    run_log_release(&whole);
    run_place_release(&place);
}

TEST(an_outline_of_a_damaged_step_is_refused_as_the_run_is)
{
    struct run_place place;
    struct run_log log;
    struct text text = {0};
    struct error whole = {0}, outline = {0};

    run_place_init(&place);
    text_append(&text, place.text.data, place.text.length);
    char *counts = strstr((char *)text.data, "\"counts\":\"HIST");
    assert_non_null(counts);
    counts[14] = '?';
    run_place_write(place.file, text.data, text.length);
    assert_int_equal(run_log_read(&log, place.file, &whole), -1);
    assert_int_equal(run_log_read_outline(&log, place.file, &outline), -1);
    assert_non_null(strstr(whole.message, ":5: \"load\""));
    assert_string_equal(outline.message, whole.message);
    text_release(&text);
    run_place_release(&place);
}

static size_t records_in(const struct run_log *log)
{
    return 1 + log->backend_count + log->step_count + log->forecast_count + log->recovery_count + log->soak_count +
           log->trial_count + log->calibration_count + log->resume_count + log->dependency_count + log->audit_count +
           (log->end.present ? 1 : 0);
}

/* Cuts line `last` (from 1) of the example at every `stride`-th byte. All lines before it must be read, and the warning
 * must name it. Where only its line end is cut off, it is read as well. */
static void check_cuts(const struct run_place *place, unsigned last, size_t stride)
{
    size_t start = (size_t)(run_place_line(place, last) - place->text.data);
    size_t end = (size_t)(strchr(run_place_line(place, last), '\n') - place->text.data);
    char *where = mem_format("%s:%u:", place->file, last);

    for (size_t length = start + 1; length <= end; length += length + stride > end && length < end ? 1 : stride) {
        struct run_log log;
        struct error err = {0};
        bool whole = length == end;
        run_place_write(place->file, place->text.data, length);
        if (run_log_read(&log, place->file, &err) != 0) {
            fail_msg("%s", err.message);
        }
        assert_true(whole ? log.warning == NULL : log.warning != NULL && strstr(log.warning, where) != NULL);
        assert_int_equal(records_in(&log), whole ? last : last - 1);
        run_log_release(&log);
    }
    free(where);
}

TEST(a_run_cut_short_anywhere_in_its_last_record_is_still_read)
{
    struct run_place place;

    run_place_init(&place);
    check_cuts(&place, 3, 1);   /* a backend */
    check_cuts(&place, 5, 61);  /* a step */
    check_cuts(&place, 8, 1);   /* a forecast */
    check_cuts(&place, 9, 61);  /* a recovery */
    check_cuts(&place, 10, 1);  /* the end of a trial */
    check_cuts(&place, 11, 1);  /* where it was continued */
    check_cuts(&place, 12, 1);  /* an audit */
    check_cuts(&place, 13, 1);  /* a dependency */
    check_cuts(&place, 14, 61); /* a soak */
    check_cuts(&place, 15, 1);  /* the end */
    check_cuts(&place, 16, 1);  /* a calibration */
    run_place_release(&place);
}

TEST(a_run_cut_between_its_records_is_read_without_a_warning)
{
    struct run_place place;

    run_place_init(&place);
    for (unsigned lines = 1; lines <= 14; lines++) {
        struct run_log log;
        struct error err = {0};
        run_place_write(place.file, place.text.data, (size_t)(run_place_line(&place, lines + 1) - place.text.data));
        assert_int_equal(run_log_read(&log, place.file, &err), 0);
        assert_null(log.warning);
        assert_false(log.end.present);
        assert_int_equal(records_in(&log), lines);
        run_log_release(&log);
    }
    run_place_release(&place);
}

TEST(a_run_record_cut_short_is_no_run_log)
{
    struct run_place place;
    const char *const words[3] = {"not a run log"};

    run_place_init(&place);
    size_t length = (size_t)(strchr(place.text.data, '\n') - place.text.data);
    for (size_t i = 0; i < length; i += 7) {
        run_place_check_refused(&place, place.text.data, i, words);
    }
    run_place_release(&place);
}

/* Appends a line of the example. */
static void add_line(struct text *text, const struct run_place *place, unsigned number)
{
    const char *line = run_place_line(place, number);
    text_append(text, line, (size_t)(strchr(line, '\n') - line));
}

TEST(marks_blank_lines_and_line_ends_of_elsewhere_do_not_matter)
{
    struct run_place place;
    struct run_log expected, log;
    struct text text = {0};
    struct error err = {0};

    run_place_init(&place);
    run_example_make(&expected);
    text_add(&text, "\xef\xbb\xbf");
    for (unsigned line = 1; line <= records_in(&expected); line++) {
        add_line(&text, &place, line);
        text_add(&text, "\r\n \t\n\n");
    }
    run_place_write(place.file, text.data, text.length);
    if (run_log_read(&log, place.file, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_null(log.warning);
    run_example_check_same(&log, &expected);
    run_log_release(&log);
    run_log_release(&expected);
    text_release(&text);
    run_place_release(&place);
}

static void check_text_refused(const struct run_place *place, const char *text, const char *line, const char *word)
{
    const char *const words[3] = {line, word};
    run_place_check_refused(place, text, strlen(text), words);
}

TEST(what_is_not_a_run_log_is_refused_with_its_line)
{
    struct run_place place;
    struct text text = {0};
    const char *const not_json[3] = {":18: ", "not JSON"};

    run_place_init(&place);
    check_text_refused(&place, "hello\n", ":1: ", "not JSON");
    check_text_refused(&place, "\n", "", "not a run log");
    check_text_refused(&place, "[]\n", ":1: ", "\"record\"");
    check_text_refused(&place, "{}\n", ":1: ", "\"record\"");
    check_text_refused(&place, "{\"record\":7}\n", ":1: ", "\"record\"");
    check_text_refused(&place, "{\"record\":\"run\",\"record\":\"run\"}\n", ":1: ", "not JSON");
    check_text_refused(&place, "{\"record\":\"end\",\"ended\":\"x\",\"interrupted\":false}\n", ":1: ", "run record");
    check_text_refused(&place, run_place_line(&place, 2), ":1: ", "begins with a run record");
    text_append(&text, place.text.data, place.text.length);
    text_add(&text, "{\"record\":\"surprise\"}\n");
    check_text_refused(&place, text.data, ":18: ", "\"surprise\"");
    text_clear(&text);
    text_append(&text, place.text.data, place.text.length);
    text_append(&text, "{\0}\n", 4);
    run_place_check_refused(&place, text.data, text.length, not_json);
    text_release(&text);
    run_place_release(&place);
}

TEST(a_file_that_is_not_there_is_refused_by_its_path)
{
    struct run_log log = {.step_count = 4711};
    struct error err = {0};

    assert_int_equal(run_log_read(&log, "/nonexistent/run.jsonl", &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "/nonexistent/run.jsonl"));
    assert_int_equal(log.step_count, 4711);
}

TEST(another_schema_is_refused_by_its_number)
{
    struct run_place place;

    run_place_init(&place);
    check_text_refused(&place, "{\"record\":\"run\",\"schema\":1}\n", ":1: ", "\"schema\" is 1;");
    check_text_refused(&place, "{\"record\":\"run\",\"schema\":4}\n", ":1: ", "\"schema\" is 4;");
    check_text_refused(&place, "{\"record\":\"run\",\"schema\":\"one\"}\n", ":1: ", "\"schema\" is \"one\";");
    check_text_refused(&place, "{\"record\":\"run\"}\n", ":1: ", "\"schema\" is none;");
    run_place_release(&place);
}

TEST(a_file_of_schema_2_is_read_and_what_came_later_is_not_known)
{
    struct run_place place;
    struct run_log log;
    struct text text = {0};
    struct error err = {0};

    run_place_init(&place);
    for (unsigned i = 1; i <= 5; i++) { /* to the first step */
        json_t *line = run_place_parse(&place, i);
        if (i == 1) {
            json_object_set_new(line, "schema", json_integer(2));
        }
        if (i == 5) {
            assert_int_equal(json_object_del(line, "attempt"), 0);
            assert_int_equal(json_object_del(line, "seed"), 0);
        }
        char *dumped = json_dumps(line, JSON_COMPACT);
        text_format(&text, "%s\n", dumped);
        free(dumped);
        json_decref(line);
    }
    run_place_write(place.file, text.data, text.length);
    if (run_log_read(&log, place.file, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(log.step_count, 1);
    assert_int_equal(log.steps[0].attempt, 0);
    assert_int_equal(log.steps[0].seed, 0);
    run_log_release(&log);
    text_release(&text);
    run_place_release(&place);
}

TEST(a_second_run_record_is_refused)
{
    struct run_place place;
    struct text text = {0};
    const char *const words[3] = {":18: ", "second run"};

    run_place_init(&place);
    text_append(&text, place.text.data, place.text.length);
    text_append(&text, place.text.data, (size_t)(run_place_line(&place, 2) - place.text.data));
    run_place_check_refused(&place, text.data, text.length, words);
    text_release(&text);
    run_place_release(&place);
}

/* --- a run that was continued ------------------------------------------------------------------------------------ */

/* The example with trial 1 of rust cut short and repeated: its lines (from 1) in the given order, with `resume` for
 * each 0. */
static void write_continued(const struct run_place *place, const char *resume, const unsigned *order, size_t count)
{
    struct text text = {0};

    for (size_t i = 0; i < count; i++) {
        const char *line = order[i] == 0 ? resume : run_place_line(place, order[i]);
        text_append(&text, line, (size_t)(strchr(line, '\n') - line) + 1);
    }
    run_place_write(place->file, text.data, text.length);
    text_release(&text);
}

TEST(what_a_resumed_run_makes_again_is_read_once)
{
    static const char resume[] = "{\"record\":\"resume\",\"harness_version\":\"0.2.0\",\"resumed\":\"now\","
                                 "\"backend\":\"rust\",\"trial\":1}\n";
    /* trial 1 of rust: line 6, a step; 9, its recovery; 10, its end; 12, its audit; 14, its soak */
    static const unsigned order[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 14, 12, 10, 15, 0, 6, 9, 14, 12, 10};
    struct run_place place;
    struct run_log log;
    struct error err = {0};

    run_place_init(&place);
    write_continued(&place, resume, order, sizeof order / sizeof order[0]);
    if (run_log_read(&log, place.file, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(log.step_count, 3);
    assert_string_equal(log.steps[0].backend, "go");
    assert_int_equal(log.steps[1].trial, 0); /* of rust, and kept */
    assert_string_equal(log.steps[2].backend, "rust");
    assert_int_equal(log.recovery_count, 1);
    assert_int_equal(log.soak_count, 1);
    assert_int_equal(log.trial_count, 1);
    assert_int_equal(log.audit_count, 1);
    assert_int_equal(log.forecast_count, 1);
    assert_int_equal(log.resume_count, 1);
    assert_false(log.end.present); /* the one before belongs to the part that was cut short */
    run_log_release(&log);
    run_place_release(&place);
}

TEST(without_its_readings_a_log_keeps_what_was_counted)
{
    struct run_log log, whole;

    run_example_make(&log);
    run_example_make(&whole);
    run_log_drop_readings(&log);
    assert_int_equal(log.step_count, whole.step_count);
    for (size_t i = 0; i < log.step_count; i++) {
        const struct step_record *step = &log.steps[i];
        assert_memory_equal(&step->load.tally, &whole.steps[i].load.tally, sizeof step->load.tally);
        assert_int_equal(step->load.interval_count, whole.steps[i].load.interval_count);
        assert_int_equal(step->sample_count, 0);
        assert_null(step->samples);
        assert_null(step->load.response.counts);
    }
    assert_string_equal(log.steps[0].dependencies[0].name, "postgresql");
    assert_int_equal(log.steps[0].dependencies[0].sample_count, 0);
    assert_null(log.recoveries[0].samples);
    assert_null(log.soaks[0].load.intervals[0].response.counts);
    run_log_release(&log);
    run_log_release(&whole);
}

TEST(a_trial_that_ends_twice_is_refused)
{
    static const unsigned order[] = {1, 2, 3, 4, 10, 10};
    struct run_place place;
    struct run_log log;
    struct error err = {0};

    run_place_init(&place);
    write_continued(&place, "", order, sizeof order / sizeof order[0]);
    assert_int_equal(run_log_read(&log, place.file, &err), -1);
    assert_non_null(strstr(err.message, ":6: \"trial\": a second end of trial 1 of \"rust\""));
    run_place_release(&place);
}
