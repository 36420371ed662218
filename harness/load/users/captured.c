#include "load/users/captured.h"

#include "load/transport/heads/kept_header.h"
#include "load/transport/response_parser.h"
#include "plan/traffic/value.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- a member of the body --------------------------------------------------------------------------------------- */

/* Whether the name at `token`, in which ~1 stands for / and ~0 for ~ (RFC 6901, section 4), is this key. */
static bool is_key(const char *token, size_t length, const char *key)
{
    for (size_t i = 0; i < length; i++, key++) {
        char c = token[i];
        if (c == '~') {
            c = token[++i] == '1' ? '/' : '~';
        }
        if (*key != c) {
            return false;
        }
    }
    return *key == '\0';
}

static json_t *member_of(json_t *object, const char *token, size_t length)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value)
    {
        if (is_key(token, length, key)) {
            return value;
        }
    }
    return NULL;
}

/* An index has no sign and no zero before it (section 4). */
static json_t *element_of(const json_t *array, const char *token, size_t length)
{
    if (length == 0 || length > 9 || strspn(token, "0123456789") < length || (token[0] == '0' && length > 1)) {
        return NULL;
    }
    return json_array_get(array, strtoul(token, NULL, 10));
}

static const json_t *resolve(json_t *json, const char *pointer)
{
    while (json != NULL && *pointer == '/') {
        const char *token = pointer + 1;
        size_t length = strcspn(token, "/");
        json = json_is_array(json) ? element_of(json, token, length) : member_of(json, token, length);
        pointer = token + length;
    }
    return json;
}

static const char *take_scalar(const json_t *value, bool number, struct text *out)
{
    if (value == NULL) {
        return "there is no such member";
    }
    if (number && !json_is_number(value)) {
        return "it is no number";
    }
    if (json_is_string(value)) {
        text_append(out, json_string_value(value), json_string_length(value));
    } else if (json_is_number(value) || json_is_boolean(value)) {
        char *dump = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
        text_add(out, dump);
        free(dump);
    } else {
        return "it is null, an array or an object";
    }
    return NULL;
}

/* ---- a header --------------------------------------------------------------------------------------------------- */

static const char *take_header(const struct response *response, const char *name, struct text *out)
{
    size_t length;
    const char *value = kept_header(response->head, response->head_length, name, &length);

    if (value == NULL) {
        return "there is no such header";
    }
    text_append(out, value, length);
    return NULL;
}

/* ---- what it is for --------------------------------------------------------------------------------------------- */

/* Of a URL the path remains: "http://host/orders/7" is "/orders/7". */
static const char *make_path(struct text *text)
{
    const char *authority = strstr(text->data, "://");
    const char *path = text->data;

    if (authority != NULL && strcspn(text->data, "/") == (size_t)(authority + 1 - text->data)) {
        path = strchr(authority + 3, '/');
    }
    if (path == NULL || path[0] != '/') {
        return "it is no path and no URL with one";
    }
    size_t length = strcspn(path, "#");
    for (size_t i = 0; i < length; i++) {
        if (path[i] <= ' ' || path[i] > '~') {
            return "it is no path: that is of ASCII characters without spaces";
        }
    }
    memmove(text->data, path, length);
    text->data[length] = '\0';
    text->length = length;
    return NULL;
}

static const char *make_fit(const struct capture *capture, struct text *text)
{
    if (text->length == 0) {
        return "it is empty";
    }
    if (text->length > CAPTURE_BYTES_MOST) {
        return "it is longer than 8,192 bytes";
    }
    if (capture->in_header && !value_fits_header(text->data, text->length)) {
        return "it has bytes that cannot stand in a header";
    }
    if (memchr(text->data, '\0', text->length) != NULL) {
        return "it has a NUL in it";
    }
    return capture->path ? make_path(text) : NULL;
}

/* ---- the whole -------------------------------------------------------------------------------------------------- */

static json_t *parse(const struct response *response)
{
    size_t flags = JSON_DECODE_ANY | JSON_ALLOW_NUL;

    return response->body != NULL ? json_loadb(response->body, response->body_length, flags, NULL) : NULL;
}

static bool captures_member(const struct session_step *step)
{
    for (size_t i = 0; i < step->capture_count; i++) {
        if (step->captures[i].pointer != NULL) {
            return true;
        }
    }
    return false;
}

static const char *take(const struct capture *capture, const struct response *response, json_t *json, struct text *out)
{
    const char *fault;

    text_clear(out);
    if (capture->header != NULL) {
        fault = take_header(response, capture->header, out);
    } else if (response->body_bytes > RESPONSE_BODY_MOST) {
        fault = "a body of more than 64 MiB is not searched";
    } else if (json == NULL) {
        fault = "the body is no JSON";
    } else {
        fault = take_scalar(resolve(json, capture->pointer), capture->number, out);
    }
    return fault != NULL ? fault : make_fit(capture, out);
}

struct captured_fault captured_take(const struct session_step *step, const struct response *response, struct text *kept)
{
    struct captured_fault fault = {0};
    json_t *json = captures_member(step) ? parse(response) : NULL;

    for (size_t i = 0; i < step->capture_count && fault.capture == NULL; i++) {
        const struct capture *capture = &step->captures[i];
        fault.why = take(capture, response, json, &kept[capture->value]);
        fault.capture = fault.why != NULL ? capture : NULL;
    }
    json_decref(json);
    return fault;
}
