#include "import/mix/fold.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "import/url.h"
#include "import/value_name.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    PLACES_MOST = 32,
    DIGITS_MOST = 15,
    ENDING_MOST = 5, /* of a file: "jpeg" */
    HASH_LEAST = 8,  /* shorter ones are words: "beef" */
    HASH_SURE = 16,  /* from here on one of digits alone, or of letters alone, is a hash too */
};

static bool all_in(const char *text, size_t length, const char *letters)
{
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\0' || strchr(letters, text[i]) == NULL) {
            return false;
        }
    }
    return length > 0;
}

/* ---- ids ---- */

static bool is_digits(const char *text, size_t length)
{
    return all_in(text, length, "0123456789");
}

static bool is_hex(const char *text, size_t length)
{
    return all_in(text, length, "0123456789abcdefABCDEF");
}

bool fold_is_number(const char *text)
{
    size_t length = strlen(text);

    return is_digits(text, length) && length <= DIGITS_MOST && (text[0] != '0' || length == 1);
}

static bool is_uuid(const char *text, size_t length)
{
    static const size_t parts[] = {8, 4, 4, 4, 12};
    size_t at = 0;

    if (length != 36) {
        return false;
    }
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (!is_hex(text + at, parts[i]) || (i < 4 && text[at + parts[i]] != '-')) {
            return false;
        }
        at += parts[i] + 1;
    }
    return true;
}

static bool is_hash(const char *text, size_t length)
{
    if (length < HASH_LEAST || !is_hex(text, length)) {
        return false;
    }
    return length >= HASH_SURE || (!is_digits(text, length) && strcspn(text, "0123456789") < length);
}

/* The length of the id that the part of a path is, or that its name without a file's ending is; 0: it is none. */
static size_t id_length(const char *part, size_t length)
{
    const char *dot = memchr(part, '.', length);
    size_t id = dot != NULL ? (size_t)(dot - part) : length;
    size_t ending = length - id;

    if (ending > 0 && (ending < 2 || ending > ENDING_MOST + 1 || !isalpha((unsigned char)part[id + 1]) ||
                       memchr(part + id + 1, '.', ending - 1) != NULL)) {
        return 0;
    }
    return is_digits(part, id) || is_uuid(part, id) || is_hash(part, id) ? id : 0;
}

/* ---- places ---- */

/* What fills a place is decoded first and encoded again when it is sent, and may have to stand on a line of a file. */
static bool fits_line(const char *value, size_t length, bool is_query)
{
    struct text decoded = {0};
    uint32_t point;
    bool fits = length > 0;

    url_decode(&decoded, value, length, is_query);
    fits = fits && strlen(decoded.data) == decoded.length;
    for (const char *c = decoded.data; fits && *c != '\0';) {
        const char *next = utf8_next(c, &point);
        fits = !utf8_is_control(point) && (point != 0xFFFD || next - c == 3);
        c = next;
    }
    text_release(&decoded);
    return fits;
}

static void add_place(struct folded *folded, char *name, const char *value, size_t length)
{
    struct fold_place *place = list_add(folded->places, folded->count);

    place->name = name;
    place->value = mem_copy(value, length);
    text_append(&folded->pattern, (const char[]){FOLD_PLACE}, 1);
}

static void add_secret(struct folded *folded, char *name)
{
    struct fold_place *place = list_add(folded->places, folded->count);

    place->name = name;
    text_append(&folded->pattern, (const char[]){FOLD_SECRET}, 1);
}

/* `before` is the part of the path before this one, NULL where it is a place itself. Returns whether this is one. */
static bool fold_part(struct folded *folded, const char *part, size_t length, const char *before)
{
    size_t id = id_length(part, length);

    if (id == 0 || folded->count == PLACES_MOST) {
        text_append(&folded->pattern, part, length);
        return false;
    }
    add_place(folded, value_name_of_id(before, before != NULL ? strcspn(before, "/?") : 0), part, id);
    text_append(&folded->pattern, part + id, length - id);
    return true;
}

/* Returns where the query begins, or the end. */
static const char *fold_path(struct folded *folded, const char *path, bool all)
{
    const char *before = NULL;

    if (!all) {
        size_t length = strcspn(path, "?");
        text_append(&folded->pattern, path, length);
        return path + length;
    }
    while (*path == '/') {
        const char *part = path + 1;
        size_t length = strcspn(part, "/?");
        text_add(&folded->pattern, "/");
        before = fold_part(folded, part, length, before) ? NULL : part;
        path = part + length;
    }
    return path;
}

static void fold_parameter(struct folded *folded, const char *parameter, size_t length, bool all)
{
    const char *equals = memchr(parameter, '=', length);
    size_t name = equals != NULL ? (size_t)(equals - parameter) : length;
    const char *value = parameter + name + 1;
    size_t value_length = length > name ? length - name - 1 : 0;

    text_append(&folded->pattern, parameter, equals != NULL ? name + 1 : name);
    if (value_length > 0 && folded->count < PLACES_MOST) {
        if (secret_is_name(parameter, name)) {
            add_secret(folded, value_name_of(parameter, name));
            return;
        }
        if (all && fits_line(value, value_length, true)) {
            add_place(folded, value_name_of(parameter, name), value, value_length);
            return;
        }
    }
    text_append(&folded->pattern, value, value_length);
}

void fold_target(struct folded *ret_folded, const char *target, bool all)
{
    *ret_folded = (struct folded){0};
    const char *query = fold_path(ret_folded, target, all);
    const char *separator = "?";

    while (*query != '\0') {
        query++;
        size_t length = strcspn(query, "&");
        text_add(&ret_folded->pattern, separator);
        fold_parameter(ret_folded, query, length, all);
        query += length;
        separator = "&";
    }
}

/* How many places lie in the first bytes of the pattern. */
static size_t places_before(const struct folded *folded, size_t length)
{
    size_t count = 0;

    for (size_t i = 0; i < length; i++) {
        count += folded->pattern.data[i] == FOLD_PLACE || folded->pattern.data[i] == FOLD_SECRET;
    }
    return count;
}

static void insert_place(struct folded *folded, size_t at, struct fold_place place)
{
    list_add(folded->places, folded->count);
    for (size_t i = folded->count - 1; i > at; i--) {
        folded->places[i] = folded->places[i - 1];
    }
    folded->places[at] = place;
}

/* The part of the path before the one at `part`; NULL: it is none that a name can be made of. */
static const char *part_before(const char *pattern, const char *part, size_t *ret_length)
{
    const char *before = part - 1;

    while (before > pattern && before[-1] != '/') {
        before--;
    }
    *ret_length = before < part - 1 ? (size_t)(part - 1 - before) : 0;
    return *ret_length > 0 && memchr(before, FOLD_PLACE, *ret_length) == NULL ? before : NULL;
}

bool fold_last_part(struct folded *folded)
{
    const char *pattern = folded->pattern.data;
    size_t end = strcspn(pattern, "?"), start = end, before_length;
    struct text whole = {0};

    while (start > 0 && pattern[start - 1] != '/') {
        start--;
    }
    if (start == end || folded->count == PLACES_MOST || memchr(pattern + start, FOLD_PLACE, end - start) != NULL ||
        !fits_line(pattern + start, end - start, false)) {
        return false;
    }
    const char *before = part_before(pattern, pattern + start, &before_length);
    insert_place(folded, places_before(folded, start),
                 (struct fold_place){value_name_of_id(before, before_length), mem_copy(pattern + start, end - start)});
    text_append(&whole, pattern, start);
    text_append(&whole, (const char[]){FOLD_PLACE}, 1);
    text_add(&whole, pattern + end);
    text_release(&folded->pattern);
    folded->pattern = whole;
    return true;
}

void folded_release(struct folded *folded)
{
    for (size_t i = 0; i < folded->count; i++) {
        free(folded->places[i].name);
        free(folded->places[i].value);
    }
    free(folded->places);
    text_release(&folded->pattern);
    *folded = (struct folded){0};
}
