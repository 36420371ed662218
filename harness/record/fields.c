#include "record/fields.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "record/reading/folded_columns.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static json_t *integer_json(uint64_t integer)
{
    return json_integer(integer <= INT64_MAX ? (json_int_t)integer : INT64_MAX);
}

/* Takes `otherwise`, which stands for a number that JSON cannot hold. */
static json_t *number_json(double number, json_t *otherwise)
{
    if (!isfinite(number)) {
        return otherwise;
    }
    json_decref(otherwise);
    return json_real(number);
}

/* The last output of a service can be cut in the middle of a character, and need not be text. */
static json_t *repaired_json(const char *string)
{
    struct text repaired = {0};
    json_t *json;

    utf8_repair(&repaired, string);
    json = json_stringn(repaired.data, repaired.length);
    text_release(&repaired);
    return json;
}

/* Takes `otherwise`, which stands for NULL. */
static json_t *string_json(const char *string, json_t *otherwise)
{
    if (string == NULL) {
        return otherwise;
    }
    json_decref(otherwise);
    json_t *json = json_string(string);
    return json != NULL ? json : repaired_json(string);
}

static json_t *to_json(const struct field *field, const void *from)
{
    const void *at = (const char *)from + field->offset;
    switch (field->type) {
    case FIELD_U64:
        return integer_json(*(const uint64_t *)at);
    case FIELD_UNSIGNED:
        return json_integer(*(const unsigned *)at);
    case FIELD_INT:
        return json_integer(*(const int *)at);
    case FIELD_DOUBLE:
        return number_json(*(const double *)at, json_real(0));
    case FIELD_DOUBLE_OR_NULL:
        return number_json(*(const double *)at, json_null());
    case FIELD_BOOL:
        return json_boolean(*(const bool *)at);
    case FIELD_STRING:
        return string_json(*(char *const *)at, json_string(""));
    case FIELD_STRING_OR_NULL:
        return string_json(*(char *const *)at, json_null());
    }
    return NULL;
}

/* Whether the value has the right type and range. */
static bool from_integer(const struct field *field, void *at, const json_t *value)
{
    json_int_t integer = json_integer_value(value);
    if (!json_is_integer(value)) {
        return false;
    }
    if (field->type == FIELD_INT) {
        *(int *)at = (int)integer;
        return integer >= INT32_MIN && integer <= INT32_MAX;
    }
    if (field->type == FIELD_UNSIGNED) {
        *(unsigned *)at = (unsigned)integer;
        return integer >= 0 && integer <= UINT32_MAX;
    }
    *(uint64_t *)at = (uint64_t)integer;
    return integer >= 0;
}

static bool from_string(const struct field *field, void *at, const json_t *value)
{
    if (json_is_string(value)) {
        free(*(char **)at);
        *(char **)at = mem_string(json_string_value(value));
        return true;
    }
    return json_is_null(value) && field->type == FIELD_STRING_OR_NULL;
}

static bool from_json(const struct field *field, void *into, const json_t *value)
{
    void *at = (char *)into + field->offset;
    switch (field->type) {
    case FIELD_U64:
    case FIELD_UNSIGNED:
    case FIELD_INT:
        return from_integer(field, at, value);
    case FIELD_DOUBLE:
        *(double *)at = json_number_value(value);
        return json_is_number(value);
    case FIELD_DOUBLE_OR_NULL:
        *(double *)at = json_is_null(value) ? NAN : json_number_value(value);
        return json_is_null(value) || (json_is_number(value) && json_number_value(value) >= 0);
    case FIELD_BOOL:
        *(bool *)at = json_is_true(value);
        return json_is_boolean(value);
    case FIELD_STRING:
    case FIELD_STRING_OR_NULL:
        return from_string(field, at, value);
    }
    return false;
}

static bool says_nothing(const json_t *value)
{
    return json_is_null(value) || json_is_false(value) || (json_is_number(value) && json_number_value(value) == 0) ||
           (json_is_string(value) && json_string_length(value) == 0);
}

void fields_write(const struct field *fields, const void *from, json_t *object)
{
    for (; fields->key != NULL; fields++) {
        json_t *value = to_json(fields, from);
        if (fields->rare && says_nothing(value)) {
            json_decref(value);
        } else {
            json_object_set_new(object, fields->key, value);
        }
    }
}

json_t *fields_json(const struct field *fields, const void *from)
{
    json_t *object = json_object();
    fields_write(fields, from, object);
    return object;
}

static int read_all(const struct field *fields, void *into, const json_t *object, struct error *err)
{
    for (; fields->key != NULL; fields++) {
        const json_t *value = json_object_get(object, fields->key);
        if (value == NULL && fields->later) {
            continue;
        }
        if (value == NULL) {
            return error_input(err, "\"%s\" is missing", fields->key);
        }
        if (!from_json(fields, into, value)) {
            return error_input(err, "\"%s\" has the wrong type or range", fields->key);
        }
    }
    return 0;
}

static bool is_known(const char *key, const struct field *fields, const char *const *more)
{
    for (; fields->key != NULL; fields++) {
        if (strcmp(key, fields->key) == 0) {
            return true;
        }
    }
    for (; more != NULL && *more != NULL; more++) {
        if (strcmp(key, *more) == 0) {
            return true;
        }
    }
    return false;
}

int fields_done(const struct field *fields, const char *const *more, const json_t *object, struct error *err)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)object, key, value)
    {
        if (!is_known(key, fields, more)) {
            return error_input(err, "\"%s\" is not known here", key);
        }
    }
    return 0;
}

int fields_read_object(const json_t *object, const struct field *fields, const char *const *more, void *into,
                       struct error *err)
{
    if (read_all(fields, into, object, err) != 0) {
        return -1;
    }
    return fields_done(fields, more, object, err);
}

int fields_read_member(const json_t *json, const char *key, const struct field *fields, void *into, struct error *err)
{
    const json_t *part = json_object_get(json, key);

    if (!json_is_object(part)) {
        return error_input(err, "\"%s\" is missing or not an object", key);
    }
    if (fields_read_object(part, fields, NULL, into, err) != 0) {
        return error_context(err, "\"%s\"", key);
    }
    return 0;
}

void fields_write_columns(const struct field *fields, const void *rows, size_t count, size_t size, json_t *object)
{
    for (; fields->key != NULL; fields++) {
        json_t *column = json_array();
        for (size_t i = 0; i < count; i++) {
            json_array_append_new(column, to_json(fields, (const char *)rows + i * size));
        }
        json_object_set_new(object, fields->key, column);
    }
}

static int read_columns(const struct field *fields, void **ret_rows, size_t *ret_count, size_t size,
                        const json_t *object, struct error *err)
{
    size_t count = json_array_size(json_object_get(object, fields->key));
    char *rows = mem_new(count, size);

    for (const struct field *field = fields; field->key != NULL; field++) {
        const json_t *column = json_object_get(object, field->key);
        if (column == NULL && field->later) {
            continue;
        }
        if (!json_is_array(column) || json_array_size(column) != count) {
            free(rows);
            return error_input(err, "column \"%s\" is missing or not %zu long", field->key, count);
        }
        for (size_t i = 0; i < count; i++) {
            if (!from_json(field, rows + i * size, json_array_get(column, i))) {
                free(rows);
                return error_input(err, "\"%s\"[%zu] has the wrong type or range", field->key, i);
            }
        }
    }
    if (fields_done(fields, NULL, object, err) != 0) {
        free(rows);
        return -1;
    }
    *ret_rows = rows;
    *ret_count = count;
    return 0;
}

int fields_read_columns(const struct field *fields, void **ret_rows, size_t *ret_count, size_t size,
                        const json_t *object, struct error *err)
{
    json_t *columns;

    if (folded_columns_unfold(object, &columns, err) != 0) {
        return -1;
    }
    int result = read_columns(fields, ret_rows, ret_count, size, columns, err);
    json_decref(columns);
    return result;
}

/* ---- lists of strings ---- */

void fields_write_strings(char *const *strings, const char *key, json_t *object)
{
    if (strings == NULL) {
        return;
    }
    json_t *array = json_array();
    for (; *strings != NULL; strings++) {
        json_array_append_new(array, string_json(*strings, NULL));
    }
    json_object_set_new(object, key, array);
}

int fields_read_strings(const json_t *object, const char *key, char ***ret_strings, struct error *err)
{
    const json_t *array = json_object_get(object, key);
    char **strings;
    size_t index;
    json_t *string;

    if (array == NULL) {
        return 0;
    }
    if (!json_is_array(array)) {
        return error_input(err, "\"%s\" is not an array", key);
    }
    strings = mem_new(json_array_size(array) + 1, sizeof *strings);
    json_array_foreach(array, index, string)
    {
        if (!json_is_string(string)) {
            file_list_free(strings);
            return error_input(err, "\"%s\" has an element that is not a string", key);
        }
        strings[index] = mem_string(json_string_value(string));
    }
    *ret_strings = strings;
    return 0;
}
