#include "import/parts/literal.h"

#include "base/secret.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* A little less than scenarios allow. */
enum { DEEPEST = 60 };

char *literal_text(const char *text)
{
    struct text out = {0};

    while (*text != '\0') {
        size_t plain = strcspn(text, "{}");
        text_append(&out, text, plain);
        text += plain;
        if (*text != '\0') {
            text_append(&out, text, 1);
            text_append(&out, text, 1);
            text++;
        }
    }
    return text_take(&out);
}

static json_t *literal_string(const json_t *value)
{
    const char *text = json_string_value(value);

    if (strlen(text) != json_string_length(value)) {
        return NULL;
    }
    char *literal = literal_text(text);
    json_t *string = json_string(literal);
    free(literal);
    return string;
}

static json_t *secret_string(struct parts *parts, const char *name)
{
    char *place = parts_secret(parts, name, strlen(name));
    json_t *string = json_string(place);

    free(place);
    return string;
}

static json_t *literal_at(const json_t *value, struct parts *parts, unsigned depth);

static json_t *literal_object(const json_t *value, struct parts *parts, unsigned depth)
{
    json_t *copy = json_object(), *member;
    const char *key;

    json_object_foreach((json_t *)value, key, member)
    {
        bool secret = json_string_length(member) > 0 && secret_is_name(key, strlen(key));
        json_t *literal = secret ? secret_string(parts, key) : literal_at(member, parts, depth);
        char *name = literal_text(key);
        int put = json_object_set_new(copy, name, literal);
        free(name);
        if (put != 0) {
            json_decref(copy);
            return NULL;
        }
    }
    return copy;
}

static json_t *literal_array(const json_t *value, struct parts *parts, unsigned depth)
{
    json_t *copy = json_array();

    for (size_t i = 0; i < json_array_size(value); i++) {
        if (json_array_append_new(copy, literal_at(json_array_get(value, i), parts, depth)) != 0) {
            json_decref(copy);
            return NULL;
        }
    }
    return copy;
}

static json_t *literal_at(const json_t *value, struct parts *parts, unsigned depth)
{
    if (depth == DEEPEST) {
        return NULL;
    }
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return literal_object(value, parts, depth + 1);
    case JSON_ARRAY:
        return literal_array(value, parts, depth + 1);
    case JSON_STRING:
        return literal_string(value);
    default:
        return json_deep_copy(value);
    }
}

json_t *literal_json(const json_t *value, struct parts *parts)
{
    return literal_at(value, parts, 0);
}
