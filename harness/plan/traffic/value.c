#include "plan/traffic/value.h"

#include "base/mem.h"
#include "base/text.h"
#include "plan/traffic/value_source.h"

#include <stdlib.h>
#include <string.h>

/* Beyond it a double, and so most readers of JSON, cannot tell neighbours apart. */
static const int64_t number_most = (INT64_C(1) << 53) - 1;

static const double exponent_default = 1;
static const double exponent_most = 10;
static const int64_t words_most = 1000;
static const int64_t numbers_most = 1000000;
static const int64_t each_most = 1000;

static int refuse_order(const struct value *value, const struct json_at *at, struct error *err)
{
    return json_reject(at, err, "expected the lower number first, found [%lld, %lld]", (long long)value->low,
                       (long long)value->high);
}

static int read_range(struct value *value, const struct json_at *at, struct error *err)
{
    struct json_at low = json_element(at, 0);
    struct json_at high = json_element(at, 1);

    value->to_level = json_is_string(high.value) && strcmp(json_string_value(high.value), "level") == 0;
    if (json_read_integer(&low, -number_most, number_most, &value->low, err) != 0 ||
        (!value->to_level && json_read_integer(&high, -number_most, number_most, &value->high, err) != 0)) {
        return -1;
    }
    if (value->to_level && value->low > 1) {
        return json_reject(&low, err, "expected a number of at most 1 where the other is \"level\", found %lld",
                           (long long)value->low);
    }
    if (value->to_level || value->low <= value->high) {
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

/* "each" beside "numbers": rows of so many numbers double, and what lies between two levels is whole rows as well. */
static int read_each(struct value *value, const struct json_at *at, struct error *err)
{
    struct json_at member;
    int64_t each = 1;

    json_find(at, "each", &member);
    if (member.value != NULL && value->length != 0) {
        return json_reject(&member, err, "remove this key: it goes with \"level\" as the length of \"numbers\" only");
    }
    if (member.value != NULL && json_read_integer(&member, 1, each_most, &each, err) != 0) {
        return -1;
    }
    value->each = (unsigned)each;
    return 0;
}

static int read_level(struct value *value, const struct json_at *at, struct error *err)
{
    value->type = VALUE_LEVEL;
    if (json_is_true(at->value)) {
        return 0;
    }
    return json_expected(at, err, "true");
}

/* ---- one value ---- */

/* Each value has one of these keys. Those with `from_outside` open a file or read the environment. */
static const struct source {
    const char *key;
    int (*read)(struct value *value, const struct json_at *at, struct error *err);
    int (*from_outside)(struct value *value, const struct json_at *at, struct csv_tables *tables, struct error *err);
} sources[] = {
    {.key = "uniform", .read = read_uniform},
    {.key = "zipf", .read = read_zipf},
    {.key = "sequence", .read = read_sequence},
    {.key = "words", .read = read_words},
    {.key = "numbers", .read = read_numbers},
    {.key = "file", .from_outside = value_source_lines},
    {.key = "csv", .from_outside = value_source_csv},
    {.key = "env", .from_outside = value_source_env},
    {.key = "level", .read = read_level},
};

static const char *const value_keys[] = {"uniform", "zipf",  "sequence", "words",  "numbers", "file", "csv",
                                         "env",     "level", "order",    "number", "each",    NULL};

/* Keys that go with one source only. */
static const struct beside {
    const char *key, *source;
} besides[] = {{"order", "csv"}, {"number", "csv"}, {"each", "numbers"}};

static int check_besides(const struct source *source, const struct json_at *at, struct error *err)
{
    for (size_t i = 0; i < sizeof besides / sizeof besides[0]; i++) {
        struct json_at member;
        json_find(at, besides[i].key, &member);
        if (member.value != NULL && strcmp(source->key, besides[i].source) != 0) {
            return json_reject(&member, err, "remove this key: it goes with \"%s\" only", besides[i].source);
        }
    }
    return 0;
}

static int read_source(struct value *value, const struct json_at *at, struct csv_tables *tables, struct error *err)
{
    const struct source *found = NULL;
    struct json_at member, source = {0};
    size_t count = 0;

    if (json_check_object(at, value_keys, err) != 0) {
        return -1;
    }
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++) {
        json_find(at, sources[i].key, &member);
        if (member.value != NULL) {
            found = &sources[i];
            source = member;
            count++;
        }
    }
    if (count != 1) {
        return json_reject(
            at, err,
            "expected exactly one of uniform, zipf, sequence, words, numbers, file, csv, env, level, found %zu", count);
    }
    if (check_besides(found, at, err) != 0) {
        return -1;
    }
    if (found->read == read_numbers) {
        return read_numbers(value, &source, err) != 0 ? -1 : read_each(value, at, err);
    }
    if (found->read != NULL) {
        return found->read(value, &source, err);
    }
    /* A CSV file's other keys stand beside it. */
    return found->from_outside(value, found->from_outside == value_source_csv ? at : &source, tables, err);
}

int value_check_name(const struct json_at *at, const char *name, struct error *err)
{
    size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

    if (name[good] != '\0' || good == 0 || (name[0] >= '0' && name[0] <= '9')) {
        return json_reject(at, err, "a value's name holds only a-z, 0-9 and _, and starts with a letter or _");
    }
    if (strcmp(name, "rate") == 0 || strcmp(name, "connections") == 0 || strcmp(name, "open_connections") == 0 ||
        strcmp(name, "slow_connections") == 0 || strcmp(name, "sessions") == 0 || strcmp(name, "subscribers") == 0) {
        return json_reject(at, err, "no value can have this name, because it means something else in double.what");
    }
    return 0;
}

int value_read(struct value *value, const struct json_at *at, const char *name, struct csv_tables *tables,
               struct error *err)
{
    struct value read = {0};

    if (value_check_name(at, name, err) != 0) {
        return -1;
    }
    if (read_source(&read, at, tables, err) != 0) {
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
    free(value->variable);
    free(value->secret);
    *value = (struct value){0};
}

bool value_is_number(const struct value *value)
{
    switch (value->type) {
    case VALUE_WORDS:
    case VALUE_LINES:
    case VALUE_ENV:
        return false;
    case VALUE_CSV:
    case VALUE_CAPTURED:
        return value->number;
    default:
        return true;
    }
}

bool value_fits_header(const char *data, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)data[i];
        if ((byte < 0x20 && byte != '\t') || byte == 0x7f) {
            return false;
        }
    }
    return true;
}

bool value_follows_level(const struct value *value)
{
    return value->type == VALUE_LEVEL || (value->type == VALUE_NUMBERS && value->length == 0) || value->to_level;
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
