#include "plan/traffic/pattern.h"

#include "base/list.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Deep enough for any real body, and shallow enough for any stack. */
enum { DEEPEST = 64 };

/* A pattern being built: `literal` gathers bytes until a place or the end comes. */
struct builder {
    struct pattern pattern;
    struct text literal;
    const struct value_set *values;
    struct error *err;
};

static struct piece *append(struct builder *builder)
{
    struct pattern *pattern = &builder->pattern;
    struct piece *piece = list_add(pattern->pieces, pattern->count);

    return piece;
}

static void end_literal(struct builder *builder)
{
    if (builder->literal.length > 0) {
        struct piece *piece = append(builder);
        piece->length = builder->literal.length;
        piece->literal = text_take(&builder->literal);
    }
}

static void add_place(struct builder *builder, size_t value, enum encoding encoding)
{
    end_literal(builder);
    struct piece *piece = append(builder);
    piece->value = value;
    piece->encoding = encoding;
}

static int finish(struct builder *builder, int result, struct pattern *pattern)
{
    end_literal(builder);
    text_release(&builder->literal);
    if (result == 0) {
        *pattern = builder->pattern;
    } else {
        pattern_release(&builder->pattern);
    }
    return result;
}

/* ---- texts ---- */

static void add_bytes(struct builder *builder, const char *bytes, size_t length, enum encoding encoding)
{
    if (encoding != ENCODING_JSON_STRING) {
        text_append(&builder->literal, bytes, length);
        return;
    }
    json_t *string = json_stringn(bytes, length);
    char *quoted = json_dumps(string, JSON_ENCODE_ANY);
    text_append(&builder->literal, quoted + 1, strlen(quoted) - 2);
    free(quoted);
    json_decref(string);
}

/* The place whose brace opens at `open`; returns the character after it, or NULL when it is refused. */
static const char *add_named(struct builder *builder, const struct json_at *at, const char *open,
                             enum encoding encoding)
{
    const char *close = strchr(open, '}');
    size_t value;

    if (close == NULL || close == open + 1) {
        json_reject(at, builder->err, "\"{\" opens a place, such as {id}; for the brace itself write \"{{\"");
        return NULL;
    }
    char *name = mem_copy(open + 1, (size_t)(close - open) - 1);
    int found = value_set_find(builder->values, name, at, &value, builder->err);
    free(name);
    if (found != 0) {
        return NULL;
    }
    add_place(builder, value, encoding);
    return close + 1;
}

static int add_text(struct builder *builder, const struct json_at *at, const char *text, enum encoding encoding)
{
    while (*text != '\0') {
        size_t plain = strcspn(text, "{}");
        add_bytes(builder, text, plain, encoding);
        text += plain;
        if (*text != '\0' && text[1] == *text) {
            text_append(&builder->literal, text, 1);
            text += 2;
        } else if (*text == '}') {
            return json_reject(at, builder->err, "\"}\" closes no place; for the brace itself write \"}}\"");
        } else if (*text == '{') {
            text = add_named(builder, at, text, encoding);
            if (text == NULL) {
                return -1;
            }
        }
    }
    return 0;
}

int pattern_read_text(struct pattern *pattern, const struct json_at *at, const struct value_set *values,
                      enum encoding encoding, struct error *err)
{
    struct builder builder = {.values = values, .err = err};

    return finish(&builder, add_text(&builder, at, json_string_value(at->value), encoding), pattern);
}

/* ---- JSON ---- */

static bool is_one_place(const char *text)
{
    size_t length = strlen(text);
    return length > 2 && text[0] == '{' && text[1] != '{' && strchr(text, '}') == text + length - 1;
}

static int add_quoted(struct builder *builder, const struct json_at *at, const char *text)
{
    text_add(&builder->literal, "\"");
    if (add_text(builder, at, text, ENCODING_JSON_STRING) != 0) {
        return -1;
    }
    text_add(&builder->literal, "\"");
    return 0;
}

static int add_string(struct builder *builder, const struct json_at *at)
{
    const char *text = json_string_value(at->value);
    size_t value;

    if (!is_one_place(text)) {
        return add_quoted(builder, at, text);
    }
    char *name = mem_copy(text + 1, strlen(text) - 2);
    int found = value_set_find(builder->values, name, at, &value, builder->err);
    free(name);
    if (found != 0) {
        return -1;
    }
    if (!value_is_number(&builder->values->values[value])) {
        return add_quoted(builder, at, text);
    }
    add_place(builder, value, ENCODING_RAW);
    return 0;
}

/* 1.1 shall stay "1.1": 15 digits where they say the same number, 17 where they do not. */
static void add_scalar(struct builder *builder, const json_t *value)
{
    char *dump = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));

    if (json_is_real(value) && strtod(dump, NULL) != json_real_value(value)) {
        free(dump);
        dump = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(17));
    }
    text_add(&builder->literal, dump);
    free(dump);
}

static int add_json(struct builder *builder, const struct json_at *at, unsigned depth);

static int add_members(struct builder *builder, const struct json_at *at, unsigned depth)
{
    const char *key;
    json_t *value;
    const char *before = "";

    text_add(&builder->literal, "{");
    json_object_foreach(at->value, key, value)
    {
        struct json_at member;
        json_find(at, key, &member);
        text_add(&builder->literal, before);
        if (add_quoted(builder, &member, key) != 0) {
            return -1;
        }
        text_add(&builder->literal, ":");
        if (add_json(builder, &member, depth) != 0) {
            return -1;
        }
        before = ",";
    }
    text_add(&builder->literal, "}");
    return 0;
}

static int add_elements(struct builder *builder, const struct json_at *at, unsigned depth)
{
    text_add(&builder->literal, "[");
    for (size_t i = 0; i < json_count(at); i++) {
        struct json_at element = json_element(at, i);
        if (i > 0) {
            text_add(&builder->literal, ",");
        }
        if (add_json(builder, &element, depth) != 0) {
            return -1;
        }
    }
    text_add(&builder->literal, "]");
    return 0;
}

static int add_json(struct builder *builder, const struct json_at *at, unsigned depth)
{
    bool nests = json_is_object(at->value) || json_is_array(at->value);

    if (nests && depth == DEEPEST) {
        return json_reject(at, builder->err, "expected at most %d levels of arrays and objects", DEEPEST);
    }
    switch (json_typeof(at->value)) {
    case JSON_OBJECT:
        return add_members(builder, at, depth + 1);
    case JSON_ARRAY:
        return add_elements(builder, at, depth + 1);
    case JSON_STRING:
        return add_string(builder, at);
    default:
        add_scalar(builder, at->value);
        return 0;
    }
}

int pattern_read_json(struct pattern *pattern, const struct json_at *at, const struct value_set *values,
                      struct error *err)
{
    struct builder builder = {.values = values, .err = err};

    return finish(&builder, add_json(&builder, at, 0), pattern);
}

/* ---- patterns ---- */

void pattern_init_literal(struct pattern *pattern, const char *literal)
{
    struct builder builder = {0};

    text_add(&builder.literal, literal);
    finish(&builder, 0, pattern);
}

void pattern_take_literal(struct pattern *pattern, struct text *literal)
{
    struct builder builder = {.literal = *literal};

    *literal = (struct text){0};
    finish(&builder, 0, pattern);
}

void pattern_append_literal(struct pattern *pattern, const char *literal)
{
    struct piece *last = pattern->count > 0 ? &pattern->pieces[pattern->count - 1] : NULL;
    size_t length = strlen(literal);

    if (last == NULL || last->literal == NULL) {
        last = list_add(pattern->pieces, pattern->count);
    }
    last->literal = mem_resize(last->literal, last->length + length + 1, 1);
    memcpy(last->literal + last->length, literal, length + 1);
    last->length += length;
}

void pattern_append(struct pattern *pattern, const struct pattern *more)
{
    for (size_t i = 0; i < more->count; i++) {
        if (more->pieces[i].literal != NULL) {
            pattern_append_literal(pattern, more->pieces[i].literal);
        } else {
            *list_add(pattern->pieces, pattern->count) = more->pieces[i];
        }
    }
}

const char *pattern_literal(const struct pattern *pattern)
{
    if (pattern->count == 0) {
        return "";
    }
    return pattern->count == 1 ? pattern->pieces[0].literal : NULL;
}

void pattern_release(struct pattern *pattern)
{
    for (size_t i = 0; i < pattern->count; i++) {
        free(pattern->pieces[i].literal);
    }
    free(pattern->pieces);
    *pattern = (struct pattern){0};
}

bool pattern_uses(const struct pattern *pattern, size_t value)
{
    for (size_t i = 0; i < pattern->count; i++) {
        if (pattern->pieces[i].literal == NULL && pattern->pieces[i].value == value) {
            return true;
        }
    }
    return false;
}
