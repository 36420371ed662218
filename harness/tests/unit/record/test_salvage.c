#include "record/run_log.h"

#include "base/file.h"
#include "base/lines/gzip_member.h"
#include "base/mem.h"
#include "run_place.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A run of two services and two trials each, made from the lines of the example. */
struct fixture {
    struct run_place place;
    struct text text;
    size_t lines;
};

static void add_line(struct fixture *fixture, json_t *json)
{
    char *line = json_dumps(json, JSON_COMPACT);

    text_format(&fixture->text, "%s\n", line);
    free(line);
    json_decref(json);
    fixture->lines++;
}

/* The example's line, of another backend, trial and index. */
static void add(struct fixture *fixture, unsigned number, const char *backend, int trial, int index)
{
    json_t *json = run_place_parse(&fixture->place, number);

    if (backend != NULL) {
        json_object_set_new(json, "backend", json_string(backend));
        json_object_set_new(json, "trial", json_integer(trial));
    }
    if (index >= 0) {
        json_object_set_new(json, "index", json_integer(index));
    }
    add_line(fixture, json);
}

enum {
    LINE_RUN = 1,
    LINE_BACKEND = 2,
    LINE_STEP = 5,
    LINE_FORECAST = 8,
    LINE_TRIAL = 10,
    LINE_RESUME = 11,
    LINE_END = 15
};

static void add_trial(struct fixture *fixture, const char *backend, int trial)
{
    for (int index = 0; index < 2; index++) {
        add(fixture, LINE_FORECAST, backend, trial, index);
        add(fixture, LINE_STEP, backend, trial, index);
    }
    add(fixture, LINE_TRIAL, backend, trial, -1);
}

static const char *name_of(const struct run_place *place, unsigned number)
{
    static char names[2][64];
    json_t *json = run_place_parse(place, number);
    char *name = names[number % 2];

    snprintf(name, sizeof names[0], "%s", json_string_value(json_object_get(json, "name")));
    json_decref(json);
    return name;
}

/* Lines 1 to 3 are of the run and its backends; 4 to 8 trial 0 of the first, 9 to 13 of the second, 14 to 18 trial 1 of
 * the first, 19 to 23 of the second; 24 is the end. */
static int set_up(void **state)
{
    struct fixture *fixture = mem_new(1, sizeof *fixture);

    run_place_init(&fixture->place);
    const char *first = name_of(&fixture->place, 2), *second = name_of(&fixture->place, 3);
    add(fixture, LINE_RUN, NULL, 0, -1);
    add(fixture, LINE_BACKEND, NULL, 0, -1);
    add(fixture, LINE_BACKEND + 1, NULL, 0, -1);
    for (int trial = 0; trial < 2; trial++) {
        add_trial(fixture, first, trial);
        add_trial(fixture, second, trial);
    }
    add(fixture, LINE_END, NULL, 0, -1);
    assert_int_equal(fixture->lines, 24);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;

    text_release(&fixture->text);
    run_place_release(&fixture->place);
    free(fixture);
    return 0;
}

/* Spoils line `number`, from 1. */
static void spoil(struct fixture *fixture, unsigned number)
{
    char *at = fixture->text.data;

    for (unsigned line = 1; line < number; line++) {
        at = strchr(at, '\n') + 1;
    }
    at[0] = '#';
}

static void salvage(struct fixture *fixture, struct run_log *log)
{
    struct error err = {0};

    run_place_write(fixture->place.file, fixture->text.data, fixture->text.length);
    if (run_log_salvage(log, fixture->place.file, &err) != 0) {
        fail_msg("%s", err.message);
    }
}

/* "01" for trial 0 of the first backend and trial 1 of the second: of each trial with both steps and its end, in the
 * order of the log. */
static void list_trials(const struct run_log *log, struct text *out)
{
    text_add(out, "");
    for (size_t i = 0; i < log->trial_count; i++) {
        const struct trial_record *trial = &log->trials[i];
        size_t steps = 0;
        for (size_t k = 0; k < log->step_count; k++) {
            steps += log->steps[k].trial == trial->trial && strcmp(log->steps[k].backend, trial->backend) == 0;
        }
        assert_int_equal(steps, 2);
        bool first = strcmp(trial->backend, log->backends[0].name) == 0;
        text_format(out, "%s%s%u", out->length > 0 ? " " : "", first ? "a" : "b", trial->trial);
    }
    assert_int_equal(log->step_count, 2 * log->trial_count);
    assert_int_equal(log->forecast_count, 2 * log->trial_count);
}

static void check_salvaged(struct fixture *fixture, const char *expected, const char *word)
{
    struct run_log log;
    struct text kept = {0};

    salvage(fixture, &log);
    list_trials(&log, &kept);
    if (strcmp(kept.data, expected) != 0) {
        fail_msg("kept %s instead of %s", kept.data, expected);
    }
    if (word == NULL) {
        assert_null(log.warning);
    } else if (log.warning == NULL || strstr(log.warning, word) == NULL) {
        fail_msg("%s", log.warning != NULL ? log.warning : "no warning");
    }
    run_log_release(&log);
    text_release(&kept);
}

/* Makes the text gzip, a line a member; the members of lines that are spoiled are. */
static void pack(struct fixture *fixture)
{
    struct text packed = {0};
    const char *end = fixture->text.data + fixture->text.length;

    for (const char *at = fixture->text.data, *next; at < end; at = next) {
        next = (const char *)memchr(at, '\n', (size_t)(end - at)) + 1;
        gzip_member_add(&packed, at, (size_t)(next - at));
        if (at[0] == '#') {
            packed.data[packed.length - 8] ^= 1; /* of the checksum */
        }
    }
    text_release(&fixture->text);
    fixture->text = packed;
}

/* As text, and as gzip with the same lines damaged. */
static void check_kept(struct fixture *fixture, const char *expected, const char *word)
{
    struct text text = {0};
    char *of_gzip = word != NULL ? mem_string(word) : NULL, *why = word != NULL ? strstr(of_gzip, ": not JSON") : NULL;

    check_salvaged(fixture, expected, word);
    text_append(&text, fixture->text.data, fixture->text.length);
    pack(fixture);
    if (why != NULL) {
        *why = '\0';
    }
    check_salvaged(fixture, expected, of_gzip);
    text_release(&fixture->text);
    fixture->text = text;
    free(of_gzip);
}

TEST_WITH(a_whole_log_is_salvaged_as_it_is_read, set_up, tear_down)
{
    check_kept(*state, "a0 b0 a1 b1", NULL);
}

/* Each line of it in turn. */
TEST_WITH(a_damaged_line_costs_its_trial, set_up, tear_down)
{
    struct fixture *fixture = *state;
    char *whole = mem_copy(fixture->text.data, fixture->text.length);

    for (unsigned line = 9; line <= 13; line++) {
        char *word = mem_format("the damaged line %u of the run log was left out (%u: not JSON", line, line);
        spoil(fixture, line);
        check_kept(fixture, "a0 a1 b1", word);
        memcpy(fixture->text.data, whole, fixture->text.length);
        free(word);
    }
    free(whole);
}

TEST_WITH(the_lost_trial_is_named, set_up, tear_down)
{
    struct fixture *fixture = *state;
    char *word = mem_format(", and with them trial 2 of %s", name_of(&fixture->place, 2));

    spoil(fixture, 17);
    check_kept(fixture, "a0 b0 b1", word);
    free(word);
}

TEST_WITH(a_line_that_is_of_no_trial_costs_none, set_up, tear_down)
{
    spoil(*state, 24); /* the end */
    check_kept(*state, "a0 b0 a1 b1", "the damaged line 24 of");
}

TEST_WITH(many_damaged_lines_cost_their_trials, set_up, tear_down)
{
    spoil(*state, 5);
    spoil(*state, 6);
    spoil(*state, 20);
    check_kept(*state, "b0 a1", "the damaged lines 5, 6, 20 of the run log were left out (5: not JSON");
}

/* Without it nobody knows what its steps are of. */
TEST_WITH(a_damaged_record_of_a_backend_costs_all_its_trials, set_up, tear_down)
{
    spoil(*state, 3);
    check_kept(*state, "a0 a1", "the damaged lines 3, 9, 10, 11, 12, 13, 19, 20, 21, 22 and 1 more");
}

TEST_WITH(a_line_of_JSON_that_no_run_has_is_damaged_as_well, set_up, tear_down)
{
    struct fixture *fixture = *state;
    char *at = strstr(fixture->text.data, "\"level\":");

    at[1] = 'm'; /* "mevel" */
    check_kept(fixture, "b0 a1 b1", "the damaged line 4 of");
}

TEST_WITH(a_trial_that_was_run_again_is_whole, set_up, tear_down)
{
    struct fixture *fixture = *state;
    const char *first = name_of(&fixture->place, 2);

    add(fixture, LINE_FORECAST, first, 2, 0);
    add(fixture, LINE_STEP, first, 2, 0);
    add(fixture, LINE_RESUME, first, 2, -1);
    add_trial(fixture, first, 2);
    spoil(fixture, 26);
    check_kept(fixture, "a0 b0 a1 b1 a2", "the damaged line 26 of");
}

TEST_WITH(without_its_first_line_it_is_no_run_log, set_up, tear_down)
{
    struct fixture *fixture = *state;
    struct run_log log;
    struct error err = {0};

    spoil(fixture, 1);
    run_place_write(fixture->place.file, fixture->text.data, fixture->text.length);
    assert_int_equal(run_log_salvage(&log, fixture->place.file, &err), -1);
    assert_non_null(strstr(err.message, "not a run log"));
}

TEST_WITH(without_salvage_the_damaged_line_is_named_and_what_reads_around_it, set_up, tear_down)
{
    struct fixture *fixture = *state;
    const char *const words[3] = {":11: ", "report --salvage", "not JSON"};

    spoil(fixture, 11);
    run_place_check_refused(&fixture->place, fixture->text.data, fixture->text.length, words);
    pack(fixture);
    const char *const of_gzip[3] = {":11: ", "report --salvage", "its gzip is damaged"};
    run_place_check_refused(&fixture->place, fixture->text.data, fixture->text.length, of_gzip);
}
