#include "record/reading/folded_columns.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define MARK '+'

/* ---- writing ---- */

static bool is_whole(const json_t *column)
{
    for (size_t i = 0; i < json_array_size(column); i++) {
        const json_t *value = json_array_get(column, i);
        if (!json_is_integer(value) && !json_is_null(value)) {
            return false;
        }
    }
    return json_array_size(column) >= 2;
}

static json_int_t divisor_of(json_int_t a, json_int_t b)
{
    while (b != 0) {
        json_int_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The largest that divides all of the column; 1 where it has nothing but 0. */
static json_int_t unit_of(const json_t *column)
{
    json_int_t unit = 0;

    for (size_t i = 0; i < json_array_size(column); i++) {
        unit = divisor_of(unit, json_integer_value(json_array_get(column, i)));
    }
    return unit > 0 ? unit : 1;
}

static json_t *differences(const json_t *column)
{
    json_t *folded = json_array();
    json_int_t before = 0, unit = unit_of(column);

    json_array_append_new(folded, json_integer(unit));

    for (size_t i = 0; i < json_array_size(column); i++) {
        json_t *value = json_array_get(column, i);
        if (json_is_null(value)) {
            json_array_append(folded, value);
            continue;
        }
        /* They are not below 0, so the difference is in range. */
        json_array_append_new(folded, json_integer(json_integer_value(value) / unit - before));
        before = json_integer_value(value) / unit;
    }
    return folded;
}

void folded_columns_fold(json_t *columns)
{
    json_t *folded = json_object(), *column;
    const char *key;

    json_object_foreach(columns, key, column)
    {
        if (is_whole(column)) {
            char *marked = mem_format("%c%s", MARK, key);
            json_object_set_new(folded, marked, differences(column));
            free(marked);
        } else {
            json_object_set(folded, key, column);
        }
    }
    json_object_clear(columns);
    json_object_update(columns, folded);
    json_decref(folded);
}

/* ---- reading ---- */

/* In place. */
static int add_up(json_t *column, const char *key, struct error *err)
{
    json_int_t sum = 0, unit = json_integer_value(json_array_get(column, 0)), whole;

    if (unit <= 0 || json_array_remove(column, 0) != 0) {
        return error_input(err, "\"%s\" does not begin with a unit", key);
    }
    for (size_t i = 0; i < json_array_size(column); i++) {
        json_t *value = json_array_get(column, i);
        if (json_is_null(value)) {
            continue;
        }
        if (!json_is_integer(value) || __builtin_add_overflow(sum, json_integer_value(value), &sum) ||
            __builtin_mul_overflow(sum, unit, &whole)) {
            return error_input(err, "\"%s\"[%zu] has the wrong type or range", key, i + 1);
        }
        json_integer_set(value, whole);
    }
    return 0;
}

static bool any_is_folded(const json_t *columns)
{
    json_t *column;
    const char *key;

    json_object_foreach((json_t *)columns, key, column)
    {
        if (key[0] == MARK) {
            return true;
        }
    }
    return false;
}

int folded_columns_unfold(const json_t *columns, json_t **ret_columns, struct error *err)
{
    json_t *unfolded, *column;
    const char *key;

    if (!any_is_folded(columns)) {
        *ret_columns = json_incref((json_t *)columns);
        return 0;
    }
    unfolded = json_object();
    json_object_foreach((json_t *)columns, key, column)
    {
        const char *name = key[0] == MARK ? key + 1 : key;
        if (json_object_get(unfolded, name) != NULL) {
            json_decref(unfolded);
            return error_input(err, "\"%s\" is there twice", name);
        }
        if (key[0] == MARK && add_up(column, key, err) != 0) {
            json_decref(unfolded);
            return -1;
        }
        json_object_set(unfolded, name, column);
    }
    *ret_columns = unfolded;
    return 0;
}
