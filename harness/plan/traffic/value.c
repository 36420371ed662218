#include "plan/traffic/value.h"

#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* Beyond it a double, and so most readers of JSON, cannot tell neighbours apart. */
static const int64_t number_most = (INT64_C(1) << 53) - 1;

static const double exponent_default = 1;
static const double exponent_most = 10;
static const int64_t words_most = 1000;
static const int64_t numbers_most = 1000000;

static int refuse_order(const struct value *value, const struct json_at *at, struct error *err)
{
    return json_reject(at, err, "expected the lower number first, found [%lld, %lld]", (long long)value->low,
                       (long long)value->high);
}

static int read_range(struct value *value, const struct json_at *at, struct error *err)
{
    struct json_at low = json_element(at, 0);
    struct json_at high = json_element(at, 1);

    if (json_read_integer(&low, -number_most, number_most, &value->low, err) != 0 ||
        json_read_integer(&high, -number_most, number_most, &value->high, err) != 0) {
        return -1;
    }
    if (value->low <= value->high) {
        return 0;
    }
    return refuse_order(value, at, err);
}

static int read_uniform(struct value *value, const struct json_at *at, struct error *err)
{
    value->type = VALUE_UNIFORM;
    if (json_check_array(at, 2, 2, err) != 0) {
        return -1;
    }
    return read_range(value, at, err);
}

static int read_sequence(struct value *value, const struct json_at *at, struct error *err)
{
    value->type = VALUE_SEQUENCE;
    if (json_check_array(at, 2, 2, err) != 0) {
        return -1;
    }
    return read_range(value, at, err);
}

static int read_zipf(struct value *value, const struct json_at *at, struct error *err)
{
    value->type = VALUE_ZIPF;
    value->exponent = exponent_default;
    if (json_check_array(at, 2, 3, err) != 0 || read_range(value, at, err) != 0) {
        return -1;
    }
    if (json_count(at) == 3) {
        struct json_at exponent = json_element(at, 2);
        value->exponent = json_number_value(exponent.value);
        if (!(value->exponent > 0 && value->exponent <= exponent_most)) {
            return json_expected(&exponent, err, "an exponent above 0 and up to %g", exponent_most);
        }
    }
    return 0;
}

static int read_words(struct value *value, const struct json_at *at, struct error *err)
{
    int64_t words;

    value->type = VALUE_WORDS;
    if (json_read_integer(at, 1, words_most, &words, err) != 0) {
        return -1;
    }
    value->words = (unsigned)words;
    return 0;
}

static int read_numbers(struct value *value, const struct json_at *at, struct error *err)
{
    struct json_at length, low, high;
    int64_t read = 0;

    value->type = VALUE_NUMBERS;
    if (json_check_array(at, 3, 3, err) != 0) {
        return -1;
    }
    length = json_element(at, 0);
    low = json_element(at, 1);
    high = json_element(at, 2);
    bool by_level = json_is_string(length.value) && strcmp(json_string_value(length.value), "level") == 0;
    if (!by_level && !json_is_integer(length.value)) {
        return json_expected(&length, err, "a whole number or \"level\"");
    }
    if ((!by_level && json_read_integer(&length, 1, numbers_most, &read, err) != 0) ||
        json_read_integer(&low, -number_most, number_most, &value->low, err) != 0 ||
        json_read_integer(&high, -number_most, number_most, &value->high, err) != 0) {
        return -1;
    }
    value->length = (unsigned)read;
    if (value->low <= value->high) {
        return 0;
    }
    return refuse_order(value, at, err);
}

static int read_level(struct value *value, const struct json_at *at, struct error *err)
{
    value->type = VALUE_LEVEL;
    if (json_is_true(at->value)) {
        return 0;
    }
    return json_expected(at, err, "true");
}

/* ---- lines of a file ---- */

/* A line has to fit into a JSON string, and jansson knows what does. */
static bool is_utf8(const char *bytes, size_t length)
{
    if (memchr(bytes, '\0', length) != NULL) {
        return false;
    }
    json_t *string = json_stringn(bytes, length);
    bool fits = string != NULL;
    json_decref(string);
    return fits;
}

/* The lines that are not empty, NULL-terminated. Returns 0, or the number of the first line that is not UTF-8. */
static size_t split_lines(struct value *value, const struct text *text)
{
    const char *end = text->data + text->length;
    const char *next;
    char **lines = NULL;
    size_t count = 0;
    size_t number = 1;
    size_t refused = 0;

    for (const char *line = text->data; line < end && refused == 0; line = next, number++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((stop == NULL ? end : stop) - line);
        next = line + length + 1;
        length -= length > 0 && line[length - 1] == '\r';
        refused = is_utf8(line, length) ? 0 : number;
        if (length > 0) {
            *list_add(lines, count) = mem_copy(line, length);
        }
    }
    value->line_count = count;
    *list_add(lines, count) = NULL;
    value->lines = lines;
    return refused;
}

static int load_lines(struct value *value, const struct json_at *at, const char *path, struct error *err)
{
    struct text text = {0};
    struct error cause = {0};
    size_t refused;
    int result = -1;

    if (file_read(path, &text, &cause) != 0) {
        json_reject(at, err, "%s", cause.message);
    } else if ((refused = split_lines(value, &text)) != 0) {
        json_reject(at, err, "%s:%zu: expected UTF-8 text, found other bytes", path, refused);
    } else if (value->line_count == 0) {
        json_reject(at, err, "%s: expected at least one line that is not empty, found none", path);
    } else {
        result = 0;
    }
    text_release(&text);
    return result;
}

static int read_lines(struct value *value, const struct json_at *at, const char *folder, struct error *err)
{
    const char *name;

    value->type = VALUE_LINES;
    if (json_read_line(at, &name, err) != 0) {
        return -1;
    }
    if (!file_is_inside(name)) {
        return json_expected(at, err, "a path relative to the scenario's folder, without \"..\"");
    }
    if (folder == NULL) {
        return 0;
    }
    char *path = file_join(folder, name);
    int result = load_lines(value, at, path, err);
    free(path);
    return result;
}

/* ---- one value ---- */

static const struct source {
    const char *key;
    int (*read)(struct value *value, const struct json_at *at, struct error *err);
} sources[] = {
    {"uniform", read_uniform}, {"zipf", read_zipf},       {"sequence", read_sequence},
    {"words", read_words},     {"numbers", read_numbers}, {"level", read_level},
};
static const char *const source_keys[] = {"uniform", "zipf", "sequence", "words", "numbers", "file", "level", NULL};

static int read_source(struct value *value, const struct json_at *at, const char *folder, struct error *err)
{
    struct json_at member;

    if (json_check_object(at, source_keys, err) != 0) {
        return -1;
    }
    if (json_object_size(at->value) != 1) {
        return json_reject(at, err,
                           "expected exactly one of uniform, zipf, sequence, words, numbers, file, level, found %zu",
                           json_object_size(at->value));
    }
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        json_find(at, sources[i].key, &member);
        if (member.value != NULL) {
            return sources[i].read(value, &member, err);
        }
    }
    json_find(at, "file", &member);
    return read_lines(value, &member, folder, err);
}

static int check_name(const struct json_at *at, const char *name, struct error *err)
{
    size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

    if (name[good] != '\0' || good == 0 || (name[0] >= '0' && name[0] <= '9')) {
        return json_reject(at, err, "a value's name holds only a-z, 0-9 and _, and starts with a letter or _");
    }
    if (strcmp(name, "rate") == 0 || strcmp(name, "connections") == 0 || strcmp(name, "open_connections") == 0) {
        return json_reject(at, err, "no value can have this name, because it means something else in double.what");
    }
    return 0;
}

int value_read(struct value *value, const struct json_at *at, const char *name, const char *folder, struct error *err)
{
    struct value read = {0};

    if (check_name(at, name, err) != 0) {
        return -1;
    }
    if (read_source(&read, at, folder, err) != 0) {
        value_release(&read);
        return -1;
    }
    read.name = mem_string(name);
    *value = read;
    return 0;
}

void value_release(struct value *value)
{
    for (size_t i = 0; i < value->line_count; i++) {
        free(value->lines[i]);
    }
    free(value->lines);
    free(value->name);
    *value = (struct value){0};
}

bool value_is_number(const struct value *value)
{
    return value->type != VALUE_WORDS && value->type != VALUE_LINES;
}

bool value_follows_level(const struct value *value)
{
    return value->type == VALUE_LEVEL || (value->type == VALUE_NUMBERS && value->length == 0);
}

/* ---- names ---- */

static int refuse_unknown(const struct value_set *set, const char *name, const struct json_at *at, struct error *err)
{
    const char **names = mem_new(set->count + 1, sizeof *names);

    for (size_t i = 0; i < set->count; i++) {
        names[i] = set->values[i].name;
    }
    const char *nearest = text_nearest(name, names);
    if (nearest != NULL) {
        json_reject(at, err, "no value is called \"%.60s\"; the nearest is \"%s\"", name, nearest);
    } else {
        json_reject(at, err, "no value is called \"%.60s\"; declare it in \"values\"", name);
    }
    free(names);
    return -1;
}

int value_set_find(const struct value_set *set, const char *name, const struct json_at *at, size_t *ret_index,
                   struct error *err)
{
    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->values[i].name, name) == 0) {
            *ret_index = i;
            return 0;
        }
    }
    return refuse_unknown(set, name, at, err);
}
