#include "import/parts/parts.h"

#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"
#include "base/utf8.h"
#include "import/parts/literal.h"
#include "import/value_name.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

void parts_init(struct parts *parts)
{
    *parts = (struct parts){.members = json_object(), .secrets = json_object()};
}

void parts_release(struct parts *parts)
{
    json_decref(parts->members);
    json_decref(parts->secrets);
    *parts = (struct parts){0};
}

char *parts_secret(struct parts *parts, const char *name, size_t length)
{
    char *value = value_name_of(name, length), *variable = value_name_in_environment(value);
    char *place = mem_format("{%s}", value);

    json_object_set_new(parts->secrets, value, json_string(variable));
    free(variable);
    free(value);
    return place;
}

/* ---- headers ---- */

static bool is_of_a_connection(const char *name)
{
    static const char *const names[] = {"Host",
                                        "Content-Length",
                                        "Connection",
                                        "Keep-Alive",
                                        "TE",
                                        "Trailer",
                                        "Transfer-Encoding",
                                        "Upgrade",
                                        "Expect",
                                        "HTTP2-Settings",
                                        "Proxy-Authorization",
                                        "Proxy-Connection",
                                        "If-None-Match",
                                        "If-Modified-Since",
                                        "If-Match",
                                        "If-Unmodified-Since",
                                        "If-Range"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcasecmp(name, names[i]) == 0) {
            return true;
        }
    }
    return name[0] == ':';
}

static bool is_header_name(const char *name)
{
    size_t good = strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~");
    return good > 0 && name[good] == '\0';
}

static bool is_line(const char *value)
{
    while (*value != '\0') {
        uint32_t point;
        const char *next = utf8_next(value, &point);
        if (utf8_is_control(point) || (point == 0xFFFD && next - value != 3)) {
            return false;
        }
        value = next;
    }
    return true;
}

/* "Bearer abc" keeps its scheme, which is no secret. */
static char *secret_value(struct parts *parts, const char *name, const char *value)
{
    char *place = parts_secret(parts, name, strlen(name));
    const char *blank = strchr(value, ' ');

    if (strcasecmp(name, "Authorization") != 0 || blank == NULL || blank[1] == '\0') {
        return place;
    }
    char *scheme = mem_copy(value, (size_t)(blank - value));
    char *whole = is_header_name(scheme) ? mem_format("%s %s", scheme, place) : mem_string(place);
    free(scheme);
    free(place);
    return whole;
}

static json_t *headers_of(struct parts *parts)
{
    json_t *headers = json_object_get(parts->members, "headers");

    if (headers == NULL) {
        headers = json_object();
        json_object_set_new(parts->members, "headers", headers);
    }
    return headers;
}

/* The key in `headers` that is this name. */
static const char *key_of(json_t *headers, const char *name)
{
    const char *key;
    json_t *value;

    json_object_foreach(headers, key, value)
    {
        if (strcasecmp(key, name) == 0) {
            return key;
        }
    }
    return NULL;
}

static void put_header(json_t *headers, const char *name, const char *value)
{
    const char *key = key_of(headers, name);

    if (key == NULL) {
        json_object_set_new(headers, name, json_string(value));
        return;
    }
    const char *former = json_string_value(json_object_get(headers, key));
    if (strcmp(former, value) == 0) {
        return; /* all cookies of a request are one secret */
    }
    char *joined = mem_format("%s, %s", former, value);
    json_object_set_new(headers, key, json_string(joined));
    free(joined);
}

bool parts_add_header(struct parts *parts, const char *name, const char *value)
{
    if (is_of_a_connection(name)) {
        return true;
    }
    value += strspn(value, " \t");
    if (!is_header_name(name) || !is_line(value)) {
        return false;
    }
    if (value[0] != '\0') {
        bool secret = secret_is_name(name, strlen(name));
        char *kept = secret ? secret_value(parts, name, value) : literal_text(value);
        put_header(headers_of(parts), name, kept);
        free(kept);
    }
    return true;
}

const char *parts_header(const struct parts *parts, const char *name)
{
    json_t *headers = json_object_get(parts->members, "headers");
    const char *key = headers != NULL ? key_of(headers, name) : NULL;

    return key != NULL ? json_string_value(json_object_get(headers, key)) : NULL;
}

/* The credentials themselves are a secret, and so need not be encoded here. */
void parts_add_user(struct parts *parts, const char *user)
{
    if (user != NULL && parts_header(parts, "Authorization") == NULL) {
        parts_add_header(parts, "Authorization", "Basic credentials");
    }
}

void parts_add_secret_header(struct parts *parts, const char *name)
{
    if (is_header_name(name) && !is_of_a_connection(name)) {
        char *place = parts_secret(parts, name, strlen(name));
        put_header(headers_of(parts), name, place);
        free(place);
    }
}

/* ---- bodies ---- */

/* `json` bodies are application/json by themselves. */
static void drop_usual_type(struct parts *parts)
{
    json_t *headers = json_object_get(parts->members, "headers");
    const char *key = headers != NULL ? key_of(headers, "Content-Type") : NULL;

    if (key != NULL && strcasecmp(json_string_value(json_object_get(headers, key)), "application/json") == 0) {
        json_object_del(headers, key);
    }
    if (headers != NULL && json_object_size(headers) == 0) {
        json_object_del(parts->members, "headers");
    }
}

bool parts_set_json(struct parts *parts, const json_t *body)
{
    json_t *literal = literal_json(body, parts);

    if (literal == NULL) {
        return false;
    }
    json_object_set_new(parts->members, "json", literal);
    drop_usual_type(parts);
    return true;
}

static bool set_json_text(struct parts *parts, const char *body, size_t length)
{
    json_t *json = json_loadb(body, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    bool set = json != NULL && parts_set_json(parts, json);

    json_decref(json);
    return set;
}

static char *form_literal(struct parts *parts, const char *form)
{
    struct text out = {0};

    while (*form != '\0') {
        size_t length = strcspn(form, "&"), name = strcspn(form, "=&");
        bool secret = name + 1 < length && secret_is_name(form, name);
        char *field = mem_copy(form, secret ? name + 1 : length);
        char *literal = literal_text(field);
        text_add(&out, literal);
        if (secret) {
            char *place = parts_secret(parts, form, name);
            text_add(&out, place);
            free(place);
        }
        free(literal);
        free(field);
        form += length;
        if (*form == '&') {
            text_add(&out, "&");
            form++;
        }
    }
    return text_take(&out);
}

static bool is_text(const char *body, size_t length)
{
    json_t *string = memchr(body, '\0', length) == NULL ? json_stringn(body, length) : NULL;
    bool is = string != NULL;

    json_decref(string);
    return is;
}

bool parts_set_body(struct parts *parts, const char *body, size_t length)
{
    const char *type = parts_header(parts, "Content-Type");

    if (length == 0) {
        return true;
    }
    if (!is_text(body, length)) {
        return false;
    }
    if (type != NULL && strcasestr(type, "json") != NULL && set_json_text(parts, body, length)) {
        return true;
    }
    char *whole = mem_copy(body, length);
    bool form = type != NULL && strcasestr(type, "x-www-form-urlencoded") != NULL;
    char *literal = form ? form_literal(parts, whole) : literal_text(whole);
    json_object_set_new(parts->members, "body", json_string(literal));
    free(literal);
    free(whole);
    return true;
}
