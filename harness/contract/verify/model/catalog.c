#include "contract/verify/model/catalog.h"

#include "base/list.h"

#include <assert.h>
#include <stdlib.h>

static json_t *make_tags(const struct seed_item *item)
{
    json_t *tags = json_array();

    for (int i = 0; i < SEED_TAGS; i++) {
        if (item->tags >> i & 1) {
            json_array_append_new(tags, json_string(seed_tags[i]));
        }
    }
    return tags;
}

json_t *catalog_seed_item(uint32_t id)
{
    struct seed_item seed = seed_item(id);
    json_t *item = json_object();

    json_object_set_new(item, "id", json_integer(id));
    json_object_set_new(item, "name", json_string(seed.name));
    json_object_set_new(item, "price_cents", json_integer(seed.price_cents));
    json_object_set_new(item, "stock", json_integer(seed.stock));
    json_object_set_new(item, "tags", make_tags(&seed));
    return item;
}

/* The seed's items are made when they are asked for: most sessions ask for few. */
void catalog_init(struct catalog *catalog, uint32_t count)
{
    *catalog = (struct catalog){0};
    for (uint32_t id = 1; id <= count; id++) {
        catalog_put(catalog, id, json_null());
    }
}

void catalog_release(struct catalog *catalog)
{
    for (uint64_t id = 1; id <= catalog->last; id++) {
        catalog_delete(catalog, id);
    }
    free(catalog->items);
    *catalog = (struct catalog){0};
}

json_t *catalog_get(const struct catalog *catalog, uint64_t id)
{
    if (id < 1 || id > catalog->last) {
        return NULL;
    }
    json_t **item = &catalog->items[id - 1];
    if (json_is_null(*item)) {
        *item = catalog_seed_item((uint32_t)id);
    }
    return *item;
}

bool catalog_is_seed(const struct catalog *catalog, uint64_t id)
{
    json_t *item = id >= 1 && id <= SEED_ITEMS && id <= catalog->last ? catalog->items[id - 1] : NULL;

    if (item == NULL || json_is_null(item)) {
        return item != NULL;
    }
    json_t *seed = catalog_seed_item((uint32_t)id);
    bool same = json_equal(item, seed) == 1;
    json_decref(seed);
    return same;
}

void catalog_put(struct catalog *catalog, uint64_t id, json_t *item)
{
    assert(id >= 1 && id <= catalog->last + CATALOG_GAP_MOST);
    while (catalog->last < id) {
        list_add(catalog->items, catalog->last);
    }
    json_incref(item);
    json_decref(catalog->items[id - 1]);
    catalog->items[id - 1] = item;
}

void catalog_put_fields(struct catalog *catalog, uint64_t id, const json_t *fields)
{
    json_t *item = json_deep_copy(fields);
    json_object_set_new(item, "id", json_integer((json_int_t)id));
    catalog_put(catalog, id, item);
    json_decref(item);
}

void catalog_delete(struct catalog *catalog, uint64_t id)
{
    json_decref(catalog->items[id - 1]);
    catalog->items[id - 1] = NULL;
}

json_t *catalog_page(const struct catalog *catalog, uint64_t after, size_t limit)
{
    json_t *items = json_array();
    json_t *next = json_null();
    uint64_t id = after;

    while (id < catalog->last && json_array_size(items) <= limit) {
        json_t *item = catalog_get(catalog, ++id);
        if (item != NULL && json_array_size(items) == limit) {
            next = json_incref(json_object_get(json_array_get(items, limit - 1), "id"));
            break;
        }
        if (item != NULL) {
            json_array_append(items, item);
        }
    }
    return json_pack("{s:o, s:o}", "items", items, "next_after", next);
}
