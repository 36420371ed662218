#include "contract/verify/checks/nearest.h"

#include "base/mem.h"
#include "contract/verify/excerpt.h"

#include <assert.h>
#include <stdlib.h>

enum { BEST = 10, POINTS_MOST = 1024 };

struct match {
    uint64_t id;
    size_t distance;
};

size_t nearest_distance(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    size_t row[POINTS_MOST + 1];

    assert(b_count <= POINTS_MOST);
    for (size_t j = 0; j <= b_count; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= a_count; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_count; j++) {
            size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            size_t other = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = replaced < other ? replaced : other;
        }
    }
    return row[b_count];
}

/* What is longer than any name or query is cut. */
static size_t decode(const char *data, size_t length, uint32_t points[POINTS_MOST])
{
    size_t count = 0;

    for (size_t at = 0, taken; at < length && count < POINTS_MOST; at += taken) {
        points[count++] = (uint32_t)excerpt_code_point(data + at, length - at, &taken);
    }
    return count;
}

/* Ids come in ascending order, so an equal distance stays behind. */
static size_t insert(struct match best[BEST], size_t count, struct match match)
{
    size_t at = count;

    while (at > 0 && best[at - 1].distance > match.distance) {
        at--;
    }
    if (at == BEST) {
        return count;
    }
    count += count < BEST;
    for (size_t i = count - 1; i > at; i--) {
        best[i] = best[i - 1];
    }
    best[at] = match;
    return count;
}

static json_t *make_response(const struct catalog *catalog, const struct match *best, size_t count)
{
    json_t *items = json_array();

    for (size_t i = 0; i < count; i++) {
        json_array_append_new(items, json_pack("{s:I, s:O, s:I}", "id", (json_int_t)best[i].id, "name",
                                               json_object_get(catalog_get(catalog, best[i].id), "name"), "distance",
                                               (json_int_t)best[i].distance));
    }
    return json_pack("{s:o}", "items", items);
}

json_t *nearest_items(const struct catalog *catalog, const char *query, size_t length)
{
    uint32_t wanted[POINTS_MOST], name[POINTS_MOST];
    size_t wanted_count = decode(query, length, wanted);
    struct match best[BEST];
    size_t count = 0;

    for (uint64_t id = 1; id <= catalog->last; id++) {
        const json_t *value = json_object_get(catalog_get(catalog, id), "name");
        if (value != NULL) {
            size_t name_count = decode(json_string_value(value), json_string_length(value), name);
            struct match match = {id, nearest_distance(wanted, wanted_count, name, name_count)};
            count = insert(best, count, match);
        }
    }
    return make_response(catalog, best, count);
}
