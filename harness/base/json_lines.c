#include "base/json_lines.h"

#include <string.h>

struct walk {
    const char *next;
    unsigned line;
    const struct json_at *wanted;
};

static void skip_space(struct walk *walk)
{
    for (; *walk->next != '\0' && strchr(" \t\r\n", *walk->next) != NULL; walk->next++) {
        walk->line += *walk->next == '\n';
    }
}

/* Skips a string, number or word. The text is valid JSON, so that strings have no line breaks in them. */
static void skip_scalar(struct walk *walk)
{
    if (*walk->next != '"') {
        walk->next += strcspn(walk->next, ",]} \t\r\n");
        return;
    }
    for (walk->next++; *walk->next != '"'; walk->next++) {
        walk->next += *walk->next == '\\';
    }
    walk->next++;
}

static bool walk_value(struct walk *walk, json_t *value);

/* Parent and key are compared by address. Values cannot be: jansson shares those like `true`. */
static bool walk_members(struct walk *walk, json_t *object)
{
    for (void *member = json_object_iter(object); member != NULL; member = json_object_iter_next(object, member)) {
        skip_space(walk);
        if (object == walk->wanted->parent && json_object_iter_key(member) == walk->wanted->key) {
            return true;
        }
        skip_scalar(walk);
        skip_space(walk);
        walk->next++; /* : */
        if (walk_value(walk, json_object_iter_value(member))) {
            return true;
        }
        skip_space(walk);
        walk->next++; /* , or } */
    }
    return false;
}

static bool walk_elements(struct walk *walk, json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        skip_space(walk);
        if (array == walk->wanted->parent && i == walk->wanted->index) {
            return true;
        }
        if (walk_value(walk, json_array_get(array, i))) {
            return true;
        }
        skip_space(walk);
        walk->next++; /* , or ] */
    }
    return false;
}

/* Skips the value. Returns whether the wanted value is inside it; `line` is then its line. */
static bool walk_value(struct walk *walk, json_t *value)
{
    skip_space(walk);
    if (!json_is_object(value) && !json_is_array(value)) {
        skip_scalar(walk);
        return false;
    }
    walk->next++; /* { or [ */
    if (json_object_size(value) + json_array_size(value) == 0) {
        skip_space(walk);
        walk->next++;
        return false;
    }
    if (json_is_object(value)) {
        return walk_members(walk, value);
    }
    return walk_elements(walk, value);
}

unsigned json_lines_find(const struct json_at *at)
{
    struct walk walk = {.next = at->source->text, .line = 1, .wanted = at};

    skip_space(&walk);
    if (at->parent != NULL) {
        walk_value(&walk, at->source->root);
    }
    return walk.line;
}
