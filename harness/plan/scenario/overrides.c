#include "plan/scenario/overrides.h"

#include "base/json.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "plan/scenario/limits.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char limits_prefix[] = "limits.";

/* ---- the list ---- */

void overrides_add(struct overrides *overrides, const char *key, const char *name, const char *value)
{
    struct override *override = list_add(overrides->items, overrides->count);

    *override = (struct override){mem_string(key), mem_string(value), mem_format("--%s %s", name, value)};
}

int overrides_add_limit(struct overrides *overrides, const char *assignment, struct error *err)
{
    const char *equals = strchr(assignment, '=');

    if (equals == NULL || equals == assignment) {
        return error_input(err, "--limit: expected NAME=VALUE, such as p99=100ms, found \"%s\"", assignment);
    }
    struct override *override = list_add(overrides->items, overrides->count);
    *override = (struct override){
        .key = mem_format("%s%.*s", limits_prefix, (int)(equals - assignment), assignment),
        .value = mem_string(equals + 1),
        .option = mem_format("--limit %s", assignment),
    };
    return 0;
}

int overrides_add_text(struct overrides *overrides, const char *text, struct error *err)
{
    char *copy = mem_string(text != NULL ? text : "");
    int result = 0;

    for (char *rest = NULL, *word = strtok_r(copy, " ", &rest); word != NULL && result == 0;
         word = strtok_r(NULL, " ", &rest)) {
        char *equals = strchr(word, '=');
        if (equals == NULL) {
            result = error_input(err, "\"%s\" among its overridden keys: expected KEY=VALUE", word);
        } else {
            struct override *override = list_add(overrides->items, overrides->count);
            override->option = mem_string(word);
            *equals = '\0';
            override->key = mem_string(word);
            override->value = mem_string(equals + 1);
        }
    }
    free(copy);
    return result;
}

void overrides_release(struct overrides *overrides)
{
    for (size_t i = 0; i < overrides->count; i++) {
        free(overrides->items[i].key);
        free(overrides->items[i].value);
        free(overrides->items[i].option);
    }
    free(overrides->items);
    *overrides = (struct overrides){0};
}

/* ---- in the JSON ---- */

/* A whole number where it is one, else a string: what it has to be the reader of the scenario says. */
static json_t *value_json(const char *value)
{
    char *end;

    errno = 0;
    long long number = strtoll(value, &end, 10);
    if (errno == 0 && value[0] != '\0' && value[strspn(value, "0123456789")] == '\0') {
        return json_integer(number);
    }
    return json_string(value);
}

/* The object that holds the key; made where the scenario has none. NULL where something else is in its place, which the
 * reader of the file has refused. */
static json_t *holder_of(json_t *root, const char *key, const char **ret_last)
{
    const char *dot = strchr(key, '.');

    *ret_last = dot != NULL ? dot + 1 : key;
    if (dot == NULL) {
        return root;
    }
    char *first = mem_copy(key, (size_t)(dot - key));
    json_t *holder = json_object_get(root, first);
    if (holder == NULL) {
        holder = json_object();
        json_object_set_new(root, first, holder);
    }
    free(first);
    return holder;
}

static bool is_percentile(const char *name)
{
    const struct percentile *percentile = limits_percentiles;

    while (percentile->name != NULL && strcmp(percentile->name, name) != 0) {
        percentile++;
    }
    return percentile->name != NULL;
}

/* One percentile is judged: another takes its place. Without a limit on errors there is one all the same: only one
 * that allows all takes it away. */
static void set_limit(json_t *limits, const char *name, const char *value)
{
    bool none = strcmp(value, "none") == 0 && limits_has(name);

    for (const struct percentile *each = limits_percentiles; each->name != NULL && is_percentile(name); each++) {
        json_object_del(limits, each->name);
    }
    if (none && strcmp(name, "errors") == 0) {
        json_object_set_new(limits, name, json_string("100%"));
    } else if (none) {
        json_object_del(limits, name);
    } else {
        json_object_set_new(limits, name, json_string(value));
    }
}

static void set(json_t *root, const struct override *override)
{
    const char *last;
    json_t *holder = holder_of(root, override->key, &last);

    if (strncmp(override->key, limits_prefix, strlen(limits_prefix)) == 0) {
        set_limit(holder, last, override->value);
        return;
    }
    if (strcmp(last, "warmup") == 0) {
        json_object_del(holder, "settle"); /* its older name (warmup.h) */
    }
    json_object_set_new(holder, last, value_json(override->value));
}

/* ---- the scenario ---- */

static char *options_of(const struct overrides *overrides)
{
    struct text out = {0};

    for (size_t i = 0; i < overrides->count; i++) {
        text_format(&out, "%s%s", i > 0 ? " " : "", overrides->items[i].option);
    }
    return text_take(&out);
}

static char *text_of(const struct overrides *overrides)
{
    struct text out = {0};

    for (size_t i = 0; i < overrides->count; i++) {
        text_format(&out, "%s%s=%s", i > 0 ? " " : "", overrides->items[i].key, overrides->items[i].value);
    }
    return text_take(&out);
}

/* The place "FILE:LINE: " in front of a message is one in a text that nobody has written. */
static const char *without_place(const char *message, const char *name)
{
    size_t length = strlen(name);

    if (strncmp(message, name, length) != 0 || message[length] != ':') {
        return message;
    }
    const char *behind = message + length + 1;
    behind += strspn(behind, "0123456789");
    return strncmp(behind, ": ", 2) == 0 ? behind + 2 : message;
}

/* The text with the overrides set, which the caller frees; NULL where they change nothing. */
static char *changed(const struct overrides *overrides, const char *text)
{
    json_t *before = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
    json_t *after = json_deep_copy(before);
    char *result = NULL;

    for (size_t i = 0; i < overrides->count; i++) {
        set(after, &overrides->items[i]);
    }
    if (!json_equal(before, after)) {
        result = json_dumps(after, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
    }
    json_decref(before);
    json_decref(after);
    return result;
}

/* `scenario` was read without them; `file` as in scenario_read_text. */
static int apply(const struct overrides *overrides, const char *name, bool file, struct scenario *scenario,
                 struct error *err)
{
    struct scenario own;
    struct error why = {0};
    char *text = overrides->count > 0 ? changed(overrides, scenario->text) : NULL;

    if (text == NULL) {
        return 0;
    }
    int result = file ? scenario_read_text(&own, name, text, &why) : scenario_parse(&own, name, text, &why);
    free(text);
    if (result != 0) {
        char *options = options_of(overrides);
        error_input(err, "%s: %s", options, without_place(why.message, name));
        free(options);
        return -1;
    }
    own.overridden = text_of(overrides);
    scenario_release(scenario);
    *scenario = own;
    return 0;
}

int overrides_read(const struct overrides *overrides, const char *file, struct scenario *ret_scenario,
                   struct error *err)
{
    struct scenario scenario;

    if (scenario_read(&scenario, file, err) != 0) {
        return -1;
    }
    if (apply(overrides, file, true, &scenario, err) != 0) {
        scenario_release(&scenario);
        return -1;
    }
    *ret_scenario = scenario;
    return 0;
}

int overrides_parse(const struct overrides *overrides, const char *name, const char *text,
                    struct scenario *ret_scenario, struct error *err)
{
    struct scenario scenario;

    if (scenario_parse(&scenario, name, text, err) != 0) {
        return -1;
    }
    if (apply(overrides, name, false, &scenario, err) != 0) {
        scenario_release(&scenario);
        return -1;
    }
    *ret_scenario = scenario;
    return 0;
}
