#include "base/json.h"

#include "base/file.h"
#include "base/json_lines.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* jansson quotes the text that it could not parse, which is to stay on its line. */
static int reject_syntax(const char *name, json_error_t *found, struct error *err)
{
    if (json_error_code(found) == json_error_null_character) {
        return error_input(err, "%s:%d: the character \\u0000 cannot be used here", name, found->line);
    }
    for (char *c = found->text; *c != '\0'; c++) {
        if (*c == '\n' || *c == '\t') {
            *c = '?';
        }
    }
    int line = found->line > 0 ? found->line : 1;
    return error_input(err, "%s:%d: not valid JSON: %s", name, line, found->text);
}

static int reject_start(const char *name, const struct text *text, struct error *err)
{
    if (text->length == 0) {
        return error_input(err, "%s:1: expected a JSON object, found an empty file", name);
    }
    return 0;
}

/* Takes the text. */
static int parse(struct json_source *source, const char *name, struct text *text, struct error *err)
{
    json_error_t found;
    json_t *root = NULL;

    if (reject_start(name, text, err) == 0) {
        root = json_loadb(text->data, text->length, JSON_REJECT_DUPLICATES, &found);
        if (root == NULL) {
            reject_syntax(name, &found, err);
        }
    }
    if (root == NULL) {
        text_release(text);
        return -1;
    }
    source->name = mem_string(name);
    source->text = text_take(text);
    source->root = root;
    return 0;
}

int json_source_read(struct json_source *source, const char *file, struct error *err)
{
    struct text text = {0};

    if (file_read(file, &text, err) != 0) {
        text_release(&text);
        return -1;
    }
    return parse(source, file, &text, err);
}

int json_source_parse(struct json_source *source, const char *name, const char *text, struct error *err)
{
    struct text copy = {0};

    text_add(&copy, text);
    return parse(source, name, &copy, err);
}

void json_source_release(struct json_source *source)
{
    json_decref(source->root);
    free(source->text);
    free(source->name);
    *source = (struct json_source){0};
}

struct json_at json_top(const struct json_source *source)
{
    return (struct json_at){.source = source, .value = source->root};
}

/* ---- errors ---- */

/* The string in quotes and escaped, cut between characters when long. */
static char *quote(const char *string, size_t flags)
{
    enum { LONGEST = 60 };
    size_t length = strlen(string);
    bool cut = length > LONGEST;

    if (cut) {
        for (length = LONGEST; ((unsigned char)string[length] & 0xc0) == 0x80; length--) {
        }
    }
    json_t *value = json_stringn(string, length);
    char *dump = json_dumps(value, JSON_ENCODE_ANY | flags);
    char *quoted = mem_format("%s%s", dump, cut ? "..." : "");
    free(dump);
    json_decref(value);
    return quoted;
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

static void describe_array(const json_t *array, struct text *out)
{
    size_t count = json_array_size(array);
    if (count == 0) {
        text_add(out, "an empty array");
    } else {
        text_format(out, "an array of %zu element%s", count, plural(count));
    }
}

static void describe(const json_t *value, struct text *out)
{
    if (json_is_string(value)) {
        char *quoted = quote(json_string_value(value), 0);
        text_format(out, "the string %s", quoted);
        free(quoted);
    } else if (json_is_array(value)) {
        describe_array(value, out);
    } else if (json_is_object(value)) {
        text_add(out, json_object_size(value) == 0 ? "an empty object" : "an object");
    } else if (value == NULL) {
        text_add(out, "nothing");
    } else {
        char *dump = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
        text_add(out, dump);
        free(dump);
    }
}

static int reject(const struct json_at *at, struct error *err, const char *message)
{
    const char *colon = at->path[0] != '\0' ? ": " : "";
    return error_input(err, "%s:%u: %s%s%s", at->source->name, json_lines_find(at), at->path, colon, message);
}

int json_reject(const struct json_at *at, struct error *err, const char *format, ...)
{
    char message[1024];
    va_list args;

    va_start(args, format);
    vsnprintf(message, sizeof message, format, args);
    va_end(args);
    return reject(at, err, message);
}

int json_expected(const struct json_at *at, struct error *err, const char *format, ...)
{
    char expected[1024];
    struct text message = {0};
    va_list args;

    va_start(args, format);
    vsnprintf(expected, sizeof expected, format, args);
    va_end(args);
    text_format(&message, "expected %s, found ", expected);
    describe(at->value, &message);
    reject(at, err, message.data);
    text_release(&message);
    return -1;
}

/* ---- places ---- */

static bool is_plain(const char *key)
{
    size_t plain = strspn(key, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-$");
    return plain > 0 && key[plain] == '\0' && plain <= 60;
}

static void extend(struct json_at *at, const char *key)
{
    size_t used = strlen(at->path);
    char *shown = is_plain(key) ? mem_string(key) : quote(key, JSON_ENSURE_ASCII);

    snprintf(at->path + used, sizeof at->path - used, "%s%s", used > 0 ? "." : "", shown);
    free(shown);
}

static int reject_key(const struct json_at *at, const char *key, const char *const *known, struct error *err)
{
    const char *nearest = text_nearest(key, known);
    struct json_at member;
    struct text list = {0};

    json_find(at, key, &member);
    if (nearest != NULL) {
        return json_reject(&member, err, "unknown key; the nearest known key is \"%s\"", nearest);
    }
    for (size_t i = 0; known[i] != NULL; i++) {
        text_format(&list, "%s%s", i == 0 ? "" : ", ", known[i]);
    }
    json_reject(&member, err, "unknown key; the known keys are %s", list.length > 0 ? list.data : "none");
    text_release(&list);
    return -1;
}

static bool is_known(const char *key, const char *const *known)
{
    while (*known != NULL && strcmp(key, *known) != 0) {
        known++;
    }
    return *known != NULL;
}

int json_check_object(const struct json_at *at, const char *const *known, struct error *err)
{
    const char *key;
    json_t *value;

    if (!json_is_object(at->value)) {
        return json_expected(at, err, "an object");
    }
    json_object_foreach(at->value, key, value)
    {
        if (known != NULL && !is_known(key, known)) {
            return reject_key(at, key, known, err);
        }
    }
    return 0;
}

int json_find(const struct json_at *at, const char *key, struct json_at *ret_member)
{
    void *member = json_object_iter_at(at->value, key);

    *ret_member = *at;
    extend(ret_member, key);
    ret_member->value = json_object_iter_value(member);
    if (member != NULL) {
        ret_member->parent = at->value;
        ret_member->key = json_object_iter_key(member);
        ret_member->index = 0;
    }
    return 0;
}

int json_need(const struct json_at *at, const char *key, const char *example, struct json_at *ret_member,
              struct error *err)
{
    struct json_at member;

    json_find(at, key, &member);
    if (member.value == NULL) {
        return json_reject(at, err, "the key \"%s\" is missing, such as \"%s\": %s", key, key, example);
    }
    *ret_member = member;
    return 0;
}

int json_check_array(const struct json_at *at, size_t least, size_t most, struct error *err)
{
    size_t count = json_count(at);

    if (json_is_array(at->value) && count >= least && count <= most) {
        return 0;
    }
    if (least == most) {
        return json_expected(at, err, "an array of %zu element%s", least, plural(least));
    }
    return json_expected(at, err, "an array of %zu to %zu elements", least, most);
}

size_t json_count(const struct json_at *at)
{
    return json_array_size(at->value);
}

struct json_at json_element(const struct json_at *at, size_t index)
{
    struct json_at element = *at;
    size_t used = strlen(at->path);

    snprintf(element.path + used, sizeof element.path - used, "[%zu]", index);
    element.value = json_array_get(at->value, index);
    element.parent = at->value;
    element.key = NULL;
    element.index = index;
    return element;
}
