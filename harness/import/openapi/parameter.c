#include "import/openapi/parameter.h"

#include "import/openapi/reference.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const char *parameter_text(const json_t *parameter, const char *key)
{
    const json_t *value = json_object_get(parameter, key);
    const char *text = json_string_value(value);

    if (text == NULL || strlen(text) != json_string_length(value)) {
        return NULL;
    }
    for (const char *c = text; *c != '\0'; c++) {
        if (iscntrl((unsigned char)*c)) {
            return NULL;
        }
    }
    return text;
}

/* ---- which ---- */

const json_t *parameter_find(const json_t *parameters, const char *in, const char *name)
{
    for (size_t i = 0; in != NULL && name != NULL && i < json_array_size(parameters); i++) {
        const json_t *parameter = json_array_get(parameters, i);
        const char *its_in = parameter_text(parameter, "in"), *its_name = parameter_text(parameter, "name");
        if (its_in != NULL && its_name != NULL && strcmp(its_in, in) == 0 && strcmp(its_name, name) == 0) {
            return parameter;
        }
    }
    return NULL;
}

static void add_all(json_t *list, const json_t *document, const json_t *parameters)
{
    for (size_t i = 0; i < json_array_size(parameters); i++) {
        const json_t *parameter = reference_follow(document, json_array_get(parameters, i));
        const char *in = parameter_text(parameter, "in"), *name = parameter_text(parameter, "name");
        if (parameter != NULL && parameter_find(list, in, name) == NULL) {
            json_array_append(list, (json_t *)parameter);
        }
    }
}

json_t *parameter_list(const json_t *document, const json_t *item, const json_t *operation)
{
    json_t *list = json_array();

    add_all(list, document, json_object_get(operation, "parameters"));
    add_all(list, document, json_object_get(item, "parameters"));
    return list;
}

bool parameter_is_sent(const json_t *parameter)
{
    return json_is_true(json_object_get(parameter, "required")) || json_object_get(parameter, "example") != NULL ||
           json_object_size(json_object_get(parameter, "examples")) > 0;
}

/* ---- values ---- */

static bool write_scalar(const json_t *value, struct text *out)
{
    if (json_is_string(value)) {
        text_add(out, json_string_value(value));
        return strlen(json_string_value(value)) == json_string_length(value);
    }
    if (!json_is_number(value) && !json_is_boolean(value)) {
        return false;
    }
    char *dump = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
    text_add(out, dump);
    free(dump);
    return true;
}

bool parameter_write_plain(const json_t *value, struct text *out)
{
    if (!json_is_array(value)) {
        return write_scalar(value, out);
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        text_add(out, i > 0 ? "," : "");
        if (!write_scalar(json_array_get(value, i), out)) {
            return false;
        }
    }
    return json_array_size(value) > 0;
}

static void encode(const char *text, struct text *out)
{
    for (; *text != '\0'; text++) {
        if (isalnum((unsigned char)*text) || strchr("-._~,:@", *text) != NULL) {
            text_append(out, text, 1);
        } else {
            text_format(out, "%%%02X", (unsigned char)*text);
        }
    }
}

bool parameter_write(const json_t *value, struct text *out)
{
    struct text plain = {0};
    bool written = parameter_write_plain(value, &plain) && plain.length > 0;

    if (written) {
        encode(plain.data, out);
    }
    text_release(&plain);
    return written;
}

static bool write_pair(const char *name, const json_t *value, struct text *out)
{
    struct text plain = {0};
    bool written = write_scalar(value, &plain);

    if (written) {
        text_add(out, out->length > 0 ? "&" : "");
        encode(name, out);
        text_add(out, "=");
        encode(plain.length > 0 ? plain.data : "", out);
    }
    text_release(&plain);
    return written;
}

bool parameter_write_query(const char *name, const json_t *value, struct text *out)
{
    if (!json_is_array(value)) {
        return write_pair(name, value, out);
    }
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!write_pair(name, json_array_get(value, i), out)) {
            return false;
        }
    }
    return true;
}
