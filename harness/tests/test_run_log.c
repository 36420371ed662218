#include "record/run_log.h"

#include "base/file.h"
#include "base/mem.h"
#include "run_example.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A folder, the example written in it, and its lines. */
struct place {
    char *folder, *example, *file;
    struct text text; /* of the example */
};

static void place_init(struct place *place)
{
    struct run_log log;
    struct error err = {0};

    *place = (struct place){.folder = run_example_folder()};
    place->example = file_join(place->folder, "example.jsonl");
    place->file = file_join(place->folder, "other.jsonl");
    run_example_make(&log);
    run_example_write(&log, place->example);
    run_log_release(&log);
    assert_int_equal(file_read(place->example, &place->text, &err), 0);
}

static void place_release(struct place *place)
{
    static const char *const files[] = {"example.jsonl", "other.jsonl", NULL};
    run_example_remove(place->folder, files);
    free(place->example);
    free(place->file);
    text_release(&place->text);
}

static void write_file(const char *path, const void *data, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* The start of line `number` (from 1). */
static const char *line_of(const struct place *place, unsigned number)
{
    const char *at = place->text.data;
    while (--number > 0) {
        at = strchr(at, '\n') + 1;
    }
    return at;
}

/* Reading `data` must fail with all of `words` (up to three) in the message, and leave the log alone. */
static void check_refused(const struct place *place, const char *data, size_t length, const char *const words[3])
{
    struct run_log log = {.backend_count = 4711};
    struct error err = {0};

    write_file(place->file, data, length);
    assert_int_equal(run_log_read(&log, place->file, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_int_equal(log.backend_count, 4711);
    assert_non_null(strstr(err.message, place->file));
    for (int i = 0; i < 3 && words[i] != NULL; i++) {
        if (strstr(err.message, words[i]) == NULL) {
            fail_msg("%s is not named in \"%s\"", words[i], err.message);
        }
    }
}

static void a_run_is_read_back_field_by_field(void **state)
{
    (void)state;
    struct place place;
    struct run_log expected, log;
    struct error err = {0};

    place_init(&place);
    run_example_make(&expected);
    if (run_log_read(&log, place.example, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_null(log.warning);
    run_example_check_same(&log, &expected);
    run_log_release(&log);
    run_log_release(&expected);
    place_release(&place);
}

/* Cut line `last` (from 1) of the example at every `stride`-th byte: all before it is there, and the warning names it.
 */
static void check_cuts(const struct place *place, unsigned last, size_t stride)
{
    size_t start = (size_t)(line_of(place, last) - place->text.data);
    size_t end = (size_t)(strchr(line_of(place, last), '\n') - place->text.data);
    char *where = mem_format("%s:%u:", place->file, last);

    for (size_t length = start + 1; length <= end; length += length + stride > end && length < end ? 1 : stride) {
        struct run_log log;
        struct error err = {0};
        write_file(place->file, place->text.data, length);
        if (run_log_read(&log, place->file, &err) != 0) {
            fail_msg("%s", err.message);
        }
        assert_non_null(log.warning);
        assert_non_null(strstr(log.warning, where));
        assert_int_equal(1 + log.backend_count + log.step_count + (log.end.present ? 1 : 0), last - 1);
        run_log_release(&log);
    }
    free(where);
}

static void a_run_cut_short_anywhere_in_its_last_record_is_still_read(void **state)
{
    (void)state;
    struct place place;

    place_init(&place);
    check_cuts(&place, 3, 1);  /* a backend */
    check_cuts(&place, 5, 61); /* a step */
    check_cuts(&place, 8, 1);  /* the end */
    place_release(&place);
}

static void a_run_cut_between_its_records_is_read_without_a_warning(void **state)
{
    (void)state;
    struct place place;

    place_init(&place);
    for (unsigned lines = 1; lines <= 7; lines++) {
        struct run_log log;
        struct error err = {0};
        write_file(place.file, place.text.data, (size_t)(line_of(&place, lines + 1) - place.text.data));
        assert_int_equal(run_log_read(&log, place.file, &err), 0);
        assert_null(log.warning);
        assert_false(log.end.present);
        assert_int_equal(1 + log.backend_count + log.step_count, lines);
        run_log_release(&log);
    }
    place_release(&place);
}

static void a_run_record_cut_short_is_no_run_log(void **state)
{
    (void)state;
    struct place place;
    const char *const words[3] = {"not a run log"};

    place_init(&place);
    size_t length = (size_t)(strchr(place.text.data, '\n') - place.text.data);
    for (size_t i = 0; i <= length; i += 7) {
        check_refused(&place, place.text.data, i, words);
    }
    place_release(&place);
}

static void check_text_refused(const struct place *place, const char *text, const char *line, const char *word)
{
    const char *const words[3] = {line, word};
    check_refused(place, text, strlen(text), words);
}

static void what_is_not_a_run_log_is_refused_with_its_line(void **state)
{
    (void)state;
    struct place place;
    struct text text = {0};
    const char *const not_json[3] = {":9: ", "not JSON"};

    place_init(&place);
    check_text_refused(&place, "hello\n", ":1: ", "not JSON");
    check_text_refused(&place, "\n", ":1: ", "not JSON");
    check_text_refused(&place, "[]\n", ":1: ", "\"record\"");
    check_text_refused(&place, "{}\n", ":1: ", "\"record\"");
    check_text_refused(&place, "{\"record\":7}\n", ":1: ", "\"record\"");
    check_text_refused(&place, "{\"record\":\"run\",\"record\":\"run\"}\n", ":1: ", "not JSON");
    check_text_refused(&place, "{\"record\":\"end\",\"ended\":\"x\",\"interrupted\":false}\n", ":1: ", "run record");
    check_text_refused(&place, line_of(&place, 2), ":1: ", "begins with a run record");
    text_append(&text, place.text.data, place.text.length);
    text_add(&text, "{\"record\":\"surprise\"}\n");
    check_text_refused(&place, text.data, ":9: ", "\"surprise\"");
    text_clear(&text);
    text_append(&text, place.text.data, place.text.length);
    text_append(&text, "{\0}\n", 4);
    check_refused(&place, text.data, text.length, not_json);
    text_release(&text);
    place_release(&place);
}

static void a_file_that_is_not_there_is_refused_by_its_path(void **state)
{
    (void)state;
    struct run_log log = {.step_count = 4711};
    struct error err = {0};

    assert_int_equal(run_log_read(&log, "/nonexistent/run.jsonl", &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "/nonexistent/run.jsonl"));
    assert_int_equal(log.step_count, 4711);
}

static void another_schema_is_refused_by_its_number(void **state)
{
    (void)state;
    struct place place;

    place_init(&place);
    check_text_refused(&place, "{\"record\":\"run\",\"schema\":2}\n", ":1: ", "\"schema\" is 2;");
    check_text_refused(&place, "{\"record\":\"run\",\"schema\":\"one\"}\n", ":1: ", "\"schema\" is \"one\";");
    check_text_refused(&place, "{\"record\":\"run\"}\n", ":1: ", "\"schema\" is none;");
    place_release(&place);
}

static void a_second_run_record_is_refused(void **state)
{
    (void)state;
    struct place place;
    struct text text = {0};
    const char *const words[3] = {":9: ", "second run"};

    place_init(&place);
    text_append(&text, place.text.data, place.text.length);
    text_append(&text, place.text.data, (size_t)(line_of(&place, 2) - place.text.data));
    check_refused(&place, text.data, text.length, words);
    text_release(&text);
    place_release(&place);
}

/* --- members ----------------------------------------------------------------------------------------------------- */

/* The example's lines with line `number` given by `json`. */
static void check_line_refused(const struct place *place, unsigned number, const json_t *json, const char *key)
{
    struct text text = {0};
    char *line = json_dumps(json, JSON_COMPACT);
    char *where = mem_format("%s:%u: ", place->file, number);
    const char *const words[3] = {where, key};
    const char *start = line_of(place, number);

    text_append(&text, place->text.data, (size_t)(start - place->text.data));
    text_add(&text, line);
    text_add(&text, strchr(start, '\n'));
    check_refused(place, text.data, text.length, words);
    text_release(&text);
    free(where);
    free(line);
}

static json_t *parse_line(const struct place *place, unsigned number)
{
    const char *start = line_of(place, number);
    json_t *json = json_loadb(start, (size_t)(strchr(start, '\n') - start), 0, NULL);
    assert_non_null(json);
    return json;
}

/* Every member of the object at `part` in line `number` once missing, once of a type that none has, and one too many.
 */
static void check_members(const struct place *place, unsigned number, const json_t *line, json_t *part)
{
    json_t *copy = json_copy(part), *value;
    const char *key;

    json_object_foreach(copy, key, value)
    {
        char *quoted = mem_format("\"%s\"", key);
        json_object_del(part, key);
        check_line_refused(place, number, line, quoted);
        json_object_set_new(part, key, json_pack("[[i]]", 1));
        check_line_refused(place, number, line, quoted);
        json_object_set(part, key, value);
        free(quoted);
    }
    json_object_set_new(part, "surprise", json_integer(1));
    check_line_refused(place, number, line, "\"surprise\"");
    json_object_del(part, "surprise");
    json_decref(copy);
}

static void every_member_must_be_there_with_its_type_and_no_other(void **state)
{
    (void)state;
    static const struct {
        unsigned line;
        const char *path[3];
    } parts[] = {
        {1, {NULL}},
        {1, {"machine"}},
        {1, {"calibration"}},
        {2, {NULL}},
        {2, {"idle"}},
        {5, {NULL}},
        {5, {"load"}},
        {5, {"load", "tally"}},
        {5, {"load", "tally", "failures"}},
        {5, {"load", "response"}},
        {5, {"memory"}},
        {5, {"death"}},
        {5, {"samples"}},
        {8, {NULL}},
    };
    struct place place;

    place_init(&place);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        json_t *line = parse_line(&place, parts[i].line), *part = line;
        for (int j = 0; j < 3 && parts[i].path[j] != NULL; j++) {
            part = json_object_get(part, parts[i].path[j]);
        }
        assert_true(json_object_size(part) > 0);
        check_members(&place, parts[i].line, line, part);
        json_decref(line);
    }
    place_release(&place);
}

static void windows_are_held_to_the_same_rules(void **state)
{
    (void)state;
    struct place place;

    place_init(&place);
    json_t *line = parse_line(&place, 5);
    json_t *load = json_object_get(line, "load"), *window = json_array_get(json_object_get(load, "windows"), 1);
    check_members(&place, 5, line, window);
    check_members(&place, 5, line, json_object_get(window, "response"));
    json_object_set_new(load, "windows", json_array());
    check_line_refused(&place, 5, line, "\"windows\"");
    json_t *many = json_array();
    for (int i = 0; i < 100000; i++) { /* each would cost memory whatever it says */
        json_array_append_new(many, json_integer(0));
    }
    json_object_set_new(load, "windows", many);
    check_line_refused(&place, 5, line, "\"windows\"");
    json_decref(line);
    place_release(&place);
}

static void counts_that_do_not_fit_their_total_are_refused(void **state)
{
    (void)state;
    struct place place;
    struct histogram coarse;
    struct text encoded = {0};

    place_init(&place);
    json_t *line = parse_line(&place, 5);
    json_t *response = json_object_get(json_object_get(line, "load"), "response");
    json_object_set_new(response, "total", json_integer(7));
    check_line_refused(&place, 5, line, "\"response\"");
    histogram_init(&coarse, 2);
    histogram_record_many(&coarse, 1000, 7);
    histogram_encode(&coarse, &encoded);
    json_object_set_new(response, "counts", json_string(encoded.data)); /* the total fits, the digits do not */
    check_line_refused(&place, 5, line, "\"response\"");
    histogram_release(&coarse);
    text_release(&encoded);
    json_decref(line);
    place_release(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_is_read_back_field_by_field),
        cmocka_unit_test(a_run_cut_short_anywhere_in_its_last_record_is_still_read),
        cmocka_unit_test(a_run_cut_between_its_records_is_read_without_a_warning),
        cmocka_unit_test(a_run_record_cut_short_is_no_run_log),
        cmocka_unit_test(what_is_not_a_run_log_is_refused_with_its_line),
        cmocka_unit_test(a_file_that_is_not_there_is_refused_by_its_path),
        cmocka_unit_test(another_schema_is_refused_by_its_number),
        cmocka_unit_test(a_second_run_record_is_refused),
        cmocka_unit_test(every_member_must_be_there_with_its_type_and_no_other),
        cmocka_unit_test(windows_are_held_to_the_same_rules),
        cmocka_unit_test(counts_that_do_not_fit_their_total_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
