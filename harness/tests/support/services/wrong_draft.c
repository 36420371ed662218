#include "wrong_draft.h"

#include "base/mem.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Numbers are read as reals, so that none is too long for jansson. */
enum { FLAGS = JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL };

static size_t count_points(enum fault fault, const json_t *string)
{
    const unsigned char *text = (const unsigned char *)json_string_value(string);
    size_t length = json_string_length(string);
    size_t count = 0;

    for (size_t i = 0; i < length; i++) {
        count += fault == FAULT_COUNTS_BYTES || (text[i] & 0xc0) != 0x80;
        count += fault == FAULT_COUNTS_UTF16 && text[i] >= 0xf0;
    }
    return count;
}

static bool is_string(enum fault fault, const json_t *value, size_t most)
{
    return json_is_string(value) && count_points(fault, value) >= 1 && count_points(fault, value) <= most;
}

static bool is_tags(enum fault fault, const json_t *value)
{
    size_t index;
    json_t *tag;

    if (!json_is_array(value) || json_array_size(value) > (fault == FAULT_TAKES_NINE_TAGS ? 9 : 8)) {
        return false;
    }
    json_array_foreach((json_t *)value, index, tag)
    {
        if (!is_string(fault, tag, 32)) {
            return false;
        }
    }
    return true;
}

static bool read_integer(enum fault fault, const json_t *value, double most, json_int_t *ret_number)
{
    double number = json_number_value(value);

    if (fault == FAULT_TAKES_NUMBERS_AS_STRINGS && json_is_string(value) && json_string_length(value) > 0) {
        number = atof(json_string_value(value));
    } else if (fault == FAULT_TAKES_NULL_STOCK && json_is_null(value) && most == 1000000) {
        number = 0;
    } else if (!json_is_number(value)) {
        return false;
    }
    if (fault == FAULT_TAKES_FRACTIONS) {
        number = floor(number);
    }
    if (fault == FAULT_WRAPS_NUMBERS && number == 4294967297.0) {
        number = 1;
    }
    if (floor(number) != number || number < 0 || number > most) {
        return false;
    }
    *ret_number = (json_int_t)number;
    return true;
}

static bool is_known(enum fault fault, const char *key)
{
    static const char *const keys[] = {"name", "price_cents", "stock", "tags"};

    for (size_t i = 0; i < 4; i++) {
        if (strcmp(keys[i], key) == 0 || (fault == FAULT_KEYS_OF_ANY_CASE && strcasecmp(keys[i], key) == 0)) {
            return true;
        }
    }
    return fault == FAULT_TAKES_UNKNOWN_FIELDS;
}

static bool knows_all(enum fault fault, const json_t *body)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)body, key, value)
    {
        if (!is_known(fault, key)) {
            return false;
        }
    }
    return true;
}

static bool is_white(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The name as the fault leaves it. */
static json_t *keep_name(enum fault fault, const json_t *name)
{
    char *text = mem_copy(json_string_value(name), json_string_length(name));
    size_t length = json_string_length(name);
    size_t from = 0;
    char *accent = strstr(text, "e\xcc\x81");

    while (fault == FAULT_TRIMS && length > from + 1 && is_white((unsigned char)text[length - 1])) {
        length--;
    }
    while (fault == FAULT_TRIMS && from + 1 < length && is_white((unsigned char)text[from])) {
        from++;
    }
    if (fault == FAULT_CUTS_AT_NUL) {
        length = strlen(text);
    }
    if (fault == FAULT_COMPOSES && accent != NULL) {
        accent[0] = '\xc3';
        accent[1] = '\xa9';
        memmove(accent + 2, accent + 3, length - (size_t)(accent + 3 - text));
        length--;
    }
    for (size_t i = 0; fault == FAULT_MANGLES_ASTRAL && i < length; i++) {
        if ((unsigned char)text[i] >= 0xf0) {
            memset(text + i, '?', 4);
        }
    }
    json_t *kept = json_stringn(text + from, length - from);
    free(text);
    return kept;
}

static json_t *read_fields(enum fault fault, const json_t *body, const json_t *old)
{
    json_t *name = json_object_get(body, "name");
    json_t *stock = json_object_get(body, "stock");
    json_t *tags = json_object_get(body, "tags");
    json_int_t price = 0;
    json_int_t count = 0;

    if (fault == FAULT_KEEPS_OLD_STOCK && stock == NULL && old != NULL) {
        count = json_integer_value(json_object_get(old, "stock"));
    }
    if (!json_is_object(body) || !knows_all(fault, body) || !is_string(fault, name, 200) ||
        !read_integer(fault, json_object_get(body, "price_cents"), 100000000, &price) ||
        (stock != NULL && !read_integer(fault, stock, 1000000, &count)) || (tags != NULL && !is_tags(fault, tags))) {
        return NULL;
    }
    return json_pack("{s:o, s:o, s:I, s:o}", "name", keep_name(fault, name), "price_cents",
                     fault == FAULT_PRICE_IS_REAL ? json_real((double)price) : json_integer(price), "stock", count,
                     "tags", tags != NULL ? json_deep_copy(tags) : json_array());
}

static int broken_status(enum fault fault, const char *body, size_t length)
{
    if (fault == FAULT_500_FOR_SURROGATE && memmem(body, length, "\\ud800", 6) != NULL) {
        return 500;
    }
    if (memmem(body, length, "NaN", 3) != NULL) {
        return 422; /* which the contract leaves open, as it does 400 for Infinity */
    }
    if (fault == FAULT_422_FOR_BROKEN) {
        return 422;
    }
    return fault == FAULT_500_FOR_BROKEN ? 500 : 400;
}

int wrong_draft_read(enum fault fault, const char *body, size_t length, const json_t *old, json_t **ret_fields)
{
    size_t flags = FLAGS | (fault == FAULT_TAKES_TRAILING_BYTES ? JSON_DISABLE_EOF_CHECK : 0);
    json_t *json = json_loadb(body, length, flags, NULL);

    if (json == NULL) {
        return broken_status(fault, body, length);
    }
    *ret_fields = read_fields(fault, json, old);
    json_decref(json);
    return *ret_fields == NULL ? 422 : 0;
}
