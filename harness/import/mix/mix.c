#include "import/mix/mix.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "import/mix/fold.h"

#include <stdlib.h>
#include <string.h>

void mix_init(struct mix *mix, struct remarks *remarks)
{
    *mix = (struct mix){.index = json_object(), .families = json_object(), .remarks = remarks};
    random_init(&mix->random, 1, 0);
}

static void kind_release(struct mix_kind *kind)
{
    for (size_t i = 0; i < kind->place_count; i++) {
        free(kind->places[i].name);
    }
    for (size_t i = 0; i < kind->row_count; i++) {
        free(kind->rows[i]);
    }
    free(kind->places);
    free(kind->rows);
    free(kind->origin);
    free(kind->method);
    free(kind->pattern);
    json_decref(kind->members);
    json_decref(kind->secrets);
    json_decref(kind->defined);
}

void mix_release(struct mix *mix)
{
    for (size_t i = 0; i < mix->kind_count; i++) {
        kind_release(&mix->kinds[i]);
    }
    free(mix->kinds);
    json_decref(mix->index);
    json_decref(mix->families);
    *mix = (struct mix){0};
}

/* ---- what can be sent ---- */

static bool is_known_method(const char *method)
{
    static const char *const known[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(method, known[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool has_body(const struct sighting *sighting)
{
    return json_object_get(sighting->members, "json") != NULL || json_object_get(sighting->members, "body") != NULL;
}

static bool is_of_the_moment(int status)
{
    return status >= 500 || status == 408 || status == 429 || status == 499;
}

/* NULL: it can be sent. */
static const char *why_not(const struct sighting *sighting)
{
    bool sends_none = strcmp(sighting->method, "GET") == 0 || strcmp(sighting->method, "HEAD") == 0;

    if (!is_known_method(sighting->method)) {
        return "requests of methods that scenarios do not have";
    }
    if (sends_none && has_body(sighting)) {
        return "GET and HEAD requests with a body";
    }
    if (is_of_the_moment(sighting->status)) {
        return "requests that failed (408, 429, 499 or 5xx)";
    }
    if (sighting->status > 0 && sighting->status < 200) {
        return "changes to another protocol (1xx)";
    }
    return NULL;
}

static void leave_out(struct mix *mix, const struct sighting *sighting, const char *why)
{
    char *request = mem_format("%s %s%s", sighting->method, sighting->origin, sighting->target);

    remarks_leave_out(mix->remarks, why, 1, sighting->line, request);
    free(request);
}

/* ---- rows ---- */

static char *row_of(const struct folded *folded)
{
    struct text row = {0};

    for (size_t i = 0; i < folded->count; i++) {
        if (folded->places[i].value != NULL) {
            text_format(&row, "%s\n", folded->places[i].value);
        }
    }
    return row.data;
}

/* Every row that was seen is as likely to be kept (Vitter's algorithm R), so that what came often comes often. */
static void keep_row(struct mix *mix, struct mix_kind *kind, char *row)
{
    bool room = kind->row_count < MIX_ROWS_MOST && (mix->row_total < MIX_ROWS_TOTAL || kind->row_count == 0);
    uint64_t place = random_below(&mix->random, kind->count);

    if (room) {
        *list_add(kind->rows, kind->row_count) = row;
        mix->row_total++;
    } else if (place < kind->row_count) {
        free(kind->rows[place]);
        kind->rows[place] = row;
    } else {
        free(row);
    }
}

/* ---- kinds ---- */

static int status_of(const struct sighting *sighting)
{
    bool good = (sighting->status >= 200 && sighting->status < 300) || sighting->status == 304;

    return good ? 0 : sighting->status;
}

static char *key_of(const struct sighting *sighting, const struct folded *folded)
{
    const json_t *json = json_object_get(sighting->members, "json"), *body = json_object_get(sighting->members, "body");
    char *dumped = json != NULL ? json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    char *key = mem_format("%s\n%s\n%d\n%s\n%s", sighting->origin, sighting->method, status_of(sighting),
                           folded->pattern.data, dumped != NULL ? dumped : "");

    if (body != NULL) {
        char *whole = mem_format("%s\n%s", key, json_string_value(body));
        free(key);
        key = whole;
    }
    free(dumped);
    return key;
}

/* Takes what it can from `folded`. */
static void start_kind(struct mix_kind *kind, const struct sighting *sighting, struct folded *folded)
{
    kind->origin = mem_string(sighting->origin);
    kind->method = mem_string(sighting->method);
    kind->pattern = text_take(&folded->pattern);
    kind->status = status_of(sighting);
    kind->members = json_incref(sighting->members);
    kind->secrets = json_incref(sighting->secrets);
    kind->defined = json_incref(sighting->defined);
    for (size_t i = 0; i < folded->count; i++) {
        struct fold_place *place = &folded->places[i];
        *list_add(kind->places, kind->place_count) = (struct mix_place){place->name, place->value == NULL};
        place->name = NULL;
    }
}

/* Starts the kind with this key, which is not there yet. NULL: there is no room for another one. */
static struct mix_kind *add_kind(struct mix *mix, const char *key, const struct sighting *sighting,
                                 struct folded *folded)
{
    if (mix->kind_count == MIX_KINDS_MOST) {
        return NULL;
    }
    json_object_set_new(mix->index, key, json_integer((json_int_t)mix->kind_count));
    struct mix_kind *kind = list_add(mix->kinds, mix->kind_count);
    start_kind(kind, sighting, folded);
    return kind;
}

static struct mix_kind *known_kind(struct mix *mix, const char *key)
{
    json_t *index = json_object_get(mix->index, key);

    return index != NULL ? &mix->kinds[json_integer_value(index)] : NULL;
}

/* Of a large family: the last part of its path becomes a place. Counts the family otherwise. */
static bool join_family(struct mix *mix, const struct sighting *sighting, struct folded *folded)
{
    struct folded wider;

    fold_target(&wider, sighting->target, true);
    bool joined = false;
    if (fold_last_part(&wider)) {
        char *key = key_of(sighting, &wider);
        json_int_t members = json_integer_value(json_object_get(mix->families, key));
        joined = members >= MIX_FAMILY;
        if (!joined && mix->kind_count < MIX_KINDS_MOST) {
            json_object_set_new(mix->families, key, json_integer(members + 1));
        }
        free(key);
    }
    if (joined) {
        struct folded narrow = *folded;
        *folded = wider;
        wider = narrow;
    }
    folded_release(&wider);
    return joined;
}

/* NULL: there is no room for another one. */
static struct mix_kind *find_kind(struct mix *mix, const struct sighting *sighting, struct folded *folded)
{
    char *key = key_of(sighting, folded);
    struct mix_kind *kind = known_kind(mix, key);

    if (kind == NULL && sighting->fold && join_family(mix, sighting, folded)) {
        free(key);
        key = key_of(sighting, folded);
        kind = known_kind(mix, key);
    }
    if (kind == NULL) {
        kind = add_kind(mix, key, sighting, folded);
    }
    free(key);
    return kind;
}

void mix_add(struct mix *mix, const struct sighting *sighting)
{
    const char *why = why_not(sighting);
    struct folded folded;

    if (why != NULL) {
        leave_out(mix, sighting, why);
        return;
    }
    fold_target(&folded, sighting->target, sighting->fold);
    struct mix_kind *kind = find_kind(mix, sighting, &folded);
    if (kind == NULL) {
        leave_out(mix, sighting, "requests of further kinds, after the first 10000 kinds");
    } else {
        char *row = row_of(&folded);
        kind->count++;
        if (row != NULL) {
            keep_row(mix, kind, row);
        }
    }
    folded_release(&folded);
}
