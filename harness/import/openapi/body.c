#include "import/openapi/body.h"

#include "base/text.h"
#include "import/openapi/example.h"
#include "import/openapi/parameter.h"

#include <string.h>
#include <strings.h>

static bool is_json(const char *type)
{
    size_t length = strcspn(type, "; ");

    return strncasecmp(type, "application/json", length < 16 ? 17 : 16) == 0 ||
           (length > 5 && strncasecmp(type + length - 5, "+json", 5) == 0);
}

static bool is_form(const char *type)
{
    return strncasecmp(type, "application/x-www-form-urlencoded", 33) == 0;
}

static bool is_other(const char *type)
{
    return !is_json(type) && !is_form(type) && strncasecmp(type, "multipart/", 10) != 0 && strchr(type, '*') == NULL;
}

/* The first media type of that kind. */
static const json_t *find(const json_t *content, bool (*is_kind)(const char *type), const char **ret_type)
{
    const char *type;
    json_t *media;

    json_object_foreach((json_t *)content, type, media)
    {
        if (is_kind(type)) {
            *ret_type = type;
            return media;
        }
    }
    return NULL;
}

static bool add_json(struct parts *parts, const char *type, const json_t *value)
{
    return parts_add_header(parts, "Content-Type", type) && parts_set_json(parts, value);
}

static bool add_text(struct parts *parts, const char *type, const char *text)
{
    return parts_add_header(parts, "Content-Type", type) && parts_set_body(parts, text, strlen(text));
}

static bool add_form(struct parts *parts, const char *type, const json_t *value)
{
    struct text form = {0};
    const char *name;
    json_t *field;
    bool written = json_object_size(value) > 0;

    json_object_foreach((json_t *)value, name, field)
    {
        written = written && parameter_write_query(name, field, &form);
    }
    written = written && form.length > 0 && add_text(parts, type, form.data);
    text_release(&form);
    return written;
}

static bool add_example(struct parts *parts, const char *type, const json_t *value)
{
    if (is_json(type)) {
        return add_json(parts, type, value);
    }
    if (json_is_string(value)) {
        return add_text(parts, type, json_string_value(value));
    }
    return is_form(type) && add_form(parts, type, value);
}

bool body_add(struct parts *parts, const json_t *document, const json_t *described, bool *made_up)
{
    const json_t *content = json_object_get(described, "content"), *media;
    const char *type;
    bool required = json_is_true(json_object_get(described, "required")), added = false;

    media = find(content, is_json, &type);
    media = media != NULL ? media : find(content, is_form, &type);
    media = media != NULL ? media : find(content, is_other, &type);
    if (media != NULL) {
        struct example example = example_of(document, media);
        added = example.value != NULL && add_example(parts, type, example.value);
        *made_up = *made_up || (added && example.made_up);
        json_decref(example.value);
    }
    return added || !required;
}
