#include "load/member.h"

#include <jansson.h>
#include <string.h>

static const char *skip_space(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')) {
        at++;
    }
    return at;
}

/* Behind the closing quote of the string that opens at `at`; NULL where it does not end. */
static const char *skip_string(const char *at, const char *end)
{
    for (at++; at < end; at++) {
        if (*at == '"') {
            return at + 1;
        }
        if (*at == '\\' && ++at == end) {
            break;
        }
    }
    return NULL;
}

static const char *skip_nested(const char *at, const char *end)
{
    size_t depth = 0;
    while (at != NULL && at < end) {
        if (*at == '"') {
            at = skip_string(at, end);
            continue;
        }
        depth += *at == '{' || *at == '[';
        if (*at == '}' || *at == ']') {
            depth--;
        }
        at++;
        if (depth == 0) {
            return at;
        }
    }
    return NULL;
}

static const char *skip_value(const char *at, const char *end)
{
    if (at == end) {
        return NULL;
    }
    if (*at == '"') {
        return skip_string(at, end);
    }
    if (*at == '{' || *at == '[') {
        return skip_nested(at, end);
    }
    const char *start = at;
    while (at < end && strchr(",}] \n\r\t", *at) == NULL) {
        at++;
    }
    return at > start ? at : NULL;
}

/* 7, 7.0 and 0.7e1 are one number to JSON (RFC 8259, section 6), and two types to jansson. */
static bool same_number(const json_t *a, const json_t *b)
{
    bool real = json_is_real(a) || json_is_real(b);
    return real && json_is_number(a) && json_is_number(b) && json_number_value(a) == json_number_value(b);
}

static bool same_value(const char *a, size_t a_length, const char *b, size_t b_length)
{
    if (a_length == b_length && memcmp(a, b, a_length) == 0) {
        return true;
    }
    json_t *left = json_loadb(a, a_length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    json_t *right = json_loadb(b, b_length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    bool same = left != NULL && right != NULL && (json_equal(left, right) || same_number(left, right));
    json_decref(left);
    json_decref(right);
    return same;
}

/* Whether the string between the quotes at `key` is `name`. Escapes are rare there, and parsed. */
static bool is_name(const char *key, size_t length, const char *name, size_t name_length)
{
    if (memchr(key, '\\', length) == NULL) {
        return length == name_length + 2 && memcmp(key + 1, name, name_length) == 0;
    }
    json_t *string = json_loadb(key, length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    bool same = string != NULL && json_string_length(string) == name_length &&
                memcmp(json_string_value(string), name, name_length) == 0;
    json_decref(string);
    return same;
}

bool member_equals(const char *json, size_t length, const char *name, const char *expected, size_t expected_length)
{
    const char *end = json + length;
    const char *at = skip_space(json, end);
    size_t name_length = strlen(name);

    if (at == end || *at++ != '{') {
        return false;
    }
    for (;;) {
        const char *key = at = skip_space(at, end);
        if (at == end || *at != '"' || (at = skip_string(at, end)) == NULL) {
            return false;
        }
        bool found = is_name(key, (size_t)(at - key), name, name_length);
        at = skip_space(at, end);
        if (at == end || *at++ != ':') {
            return false;
        }
        const char *value = at = skip_space(at, end);
        at = skip_value(at, end);
        if (at == NULL || found) {
            return at != NULL && same_value(value, (size_t)(at - value), expected, expected_length);
        }
        at = skip_space(at, end);
        if (at == end || *at++ != ',') {
            return false;
        }
    }
}
