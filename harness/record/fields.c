#include "record/fields.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

static json_t *to_json(const struct field *field, const void *from)
{
    const void *at = (const char *)from + field->offset;
    switch (field->kind) {
    case FIELD_U64:
        return json_integer((json_int_t)(*(const uint64_t *)at <= INT64_MAX ? *(const uint64_t *)at : INT64_MAX));
    case FIELD_UNSIGNED:
        return json_integer(*(const unsigned *)at);
    case FIELD_INT:
        return json_integer(*(const int *)at);
    case FIELD_DOUBLE:
        return json_real(*(const double *)at);
    case FIELD_BOOL:
        return json_boolean(*(const bool *)at);
    case FIELD_STRING:
        break;
    }
    const char *string = *(char *const *)at;
    return string == NULL ? json_null() : json_string(string);
}

static int from_integer(const struct field *field, void *at, const json_t *value)
{
    json_int_t integer = json_integer_value(value);
    if (!json_is_integer(value)) {
        return -1;
    }
    if (field->kind == FIELD_INT) {
        *(int *)at = (int)integer;
        return integer >= INT32_MIN && integer <= INT32_MAX ? 0 : -1;
    }
    if (field->kind == FIELD_UNSIGNED) {
        *(unsigned *)at = (unsigned)integer;
        return integer >= 0 && integer <= UINT32_MAX ? 0 : -1;
    }
    *(uint64_t *)at = (uint64_t)integer;
    return integer >= 0 ? 0 : -1;
}

static int from_json(const struct field *field, void *into, const json_t *value)
{
    void *at = (char *)into + field->offset;
    switch (field->kind) {
    case FIELD_U64:
    case FIELD_UNSIGNED:
    case FIELD_INT:
        return from_integer(field, at, value);
    case FIELD_DOUBLE:
        *(double *)at = json_number_value(value);
        return json_is_number(value) ? 0 : -1;
    case FIELD_BOOL:
        *(bool *)at = json_is_true(value);
        return json_is_boolean(value) ? 0 : -1;
    case FIELD_STRING:
        break;
    }
    if (json_is_string(value)) {
        free(*(char **)at);
        *(char **)at = mem_string(json_string_value(value));
        return 0;
    }
    return json_is_null(value) ? 0 : -1;
}

void fields_write(const struct field *fields, const void *from, json_t *object)
{
    for (; fields->key != NULL; fields++) {
        json_t *value = to_json(fields, from);
        /* Text that is not UTF-8 (a service's last output) is not a JSON string; the caller cleans it. */
        json_object_set_new(object, fields->key, value != NULL ? value : json_null());
    }
}

int fields_read(const struct field *fields, void *into, const json_t *object, size_t *ret_count, struct error *err)
{
    for (; fields->key != NULL; fields++, (*ret_count)++) {
        const json_t *value = json_object_get(object, fields->key);
        if (value == NULL) {
            return error_input(err, "\"%s\" is missing", fields->key);
        }
        if (from_json(fields, into, value) != 0) {
            return error_input(err, "\"%s\" has the wrong type or range", fields->key);
        }
    }
    return 0;
}

int fields_done(const json_t *object, size_t count, struct error *err)
{
    if (json_object_size(object) != count) {
        return error_input(err, "it has %zu members where %zu are known", json_object_size(object), count);
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

int fields_read_columns(const struct field *fields, void **ret_rows, size_t *ret_count, size_t size,
                        const json_t *object, struct error *err)
{
    size_t count = json_array_size(json_object_get(object, fields->key));
    size_t columns = 0;
    char *rows = mem_new(count, size);

    for (const struct field *field = fields; field->key != NULL; field++, columns++) {
        const json_t *column = json_object_get(object, field->key);
        if (!json_is_array(column) || json_array_size(column) != count) {
            free(rows);
            return error_input(err, "column \"%s\" is missing or not %zu long", field->key, count);
        }
        for (size_t i = 0; i < count; i++) {
            if (from_json(field, rows + i * size, json_array_get(column, i)) != 0) {
                free(rows);
                return error_input(err, "\"%s\"[%zu] has the wrong type or range", field->key, i);
            }
        }
    }
    if (fields_done(object, columns, err) != 0) {
        free(rows);
        return -1;
    }
    *ret_rows = rows;
    *ret_count = count;
    return 0;
}
