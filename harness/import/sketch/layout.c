#include "import/sketch/layout.h"

#include "base/utf8.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MOST = 118, INDENT = 2 };

/* 1.1 shall stay "1.1": 15 digits where they say the same number, 17 where they do not. */
static void add_scalar(const json_t *value, struct text *out)
{
    char *dump = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

    if (json_is_real(value) && strtod(dump, NULL) != json_real_value(value)) {
        free(dump);
        dump = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));
    }
    text_add(out, dump);
    free(dump);
}

static void add_key(const char *key, struct text *out)
{
    json_t *name = json_string(key);

    add_scalar(name, out);
    text_add(out, ": ");
    json_decref(name);
}

/* ---- on one line ---- */

static void add_flat(const json_t *value, struct text *out)
{
    const char *key, *between = "";
    json_t *member;

    if (json_is_object(value)) {
        text_add(out, "{");
        json_object_foreach((json_t *)value, key, member)
        {
            text_add(out, between);
            add_key(key, out);
            add_flat(member, out);
            between = ", ";
        }
        text_add(out, "}");
    } else if (json_is_array(value)) {
        text_add(out, "[");
        for (size_t i = 0; i < json_array_size(value); i++) {
            text_add(out, i > 0 ? ", " : "");
            add_flat(json_array_get(value, i), out);
        }
        text_add(out, "]");
    } else {
        add_scalar(value, out);
    }
}

/* ---- on several ---- */

static void add_line_start(size_t indent, struct text *out)
{
    text_format(out, "\n%*s", (int)indent, "");
}

static bool fits(const json_t *value, size_t before)
{
    struct text flat = {0};

    add_flat(value, &flat);
    bool fits = before + utf8_columns(flat.data) <= COLUMNS_MOST;
    text_release(&flat);
    return fits;
}

/* `before` is how many columns of the line are taken. */
static void add_value(const json_t *value, size_t indent, size_t before, struct text *out);

static void add_members(const json_t *value, size_t indent, struct text *out)
{
    const char *key, *between = "";
    json_t *member;

    text_add(out, "{");
    json_object_foreach((json_t *)value, key, member)
    {
        size_t start = out->length;
        text_add(out, between);
        add_line_start(indent + INDENT, out);
        add_key(key, out);
        add_value(member, indent + INDENT, out->length - start, out);
        between = ",";
    }
    add_line_start(indent, out);
    text_add(out, "}");
}

static void add_elements(const json_t *value, size_t indent, struct text *out)
{
    text_add(out, "[");
    for (size_t i = 0; i < json_array_size(value); i++) {
        text_add(out, i > 0 ? "," : "");
        add_line_start(indent + INDENT, out);
        add_value(json_array_get(value, i), indent + INDENT, indent + INDENT, out);
    }
    add_line_start(indent, out);
    text_add(out, "]");
}

static void add_value(const json_t *value, size_t indent, size_t before, struct text *out)
{
    bool nests = json_is_object(value) || json_is_array(value);

    if (!nests || fits(value, before)) {
        add_flat(value, out);
    } else if (json_is_object(value)) {
        add_members(value, indent, out);
    } else {
        add_elements(value, indent, out);
    }
}

void layout_write(const json_t *value, struct text *out)
{
    if (json_is_object(value)) {
        add_members(value, 0, out);
    } else {
        add_flat(value, out);
    }
    text_add(out, "\n");
}
