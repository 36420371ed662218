#include "contract/verify/checks/nearest.h"

#include "test.h"

#include <string.h>

static size_t distance(const char *a, const char *b)
{
    uint32_t x[64], y[64];
    size_t x_count = strlen(a), y_count = strlen(b);

    for (size_t i = 0; i < x_count; i++) {
        x[i] = (unsigned char)a[i];
    }
    for (size_t i = 0; i < y_count; i++) {
        y[i] = (unsigned char)b[i];
    }
    size_t there = nearest_distance(x, x_count, y, y_count);
    assert_int_equal(there, nearest_distance(y, y_count, x, x_count));
    return there;
}

/* From the literature, and what tells other distances from this one. */
TEST(distances_are_those_of_levenshtein)
{
    assert_int_equal(distance("", ""), 0);
    assert_int_equal(distance("", "abc"), 3);
    assert_int_equal(distance("kitten", "sitting"), 3);
    assert_int_equal(distance("saturday", "sunday"), 3);
    assert_int_equal(distance("rosettacode", "raisethysword"), 8);
    assert_int_equal(distance("ab", "ba"), 2);
    assert_int_equal(distance("ca", "abc"), 3);
    assert_int_equal(distance("Abc", "abc"), 1);
}

static void assert_item(const json_t *response, size_t index, uint64_t id, const char *name, json_int_t distance_there)
{
    const json_t *item = json_array_get(json_object_get(response, "items"), index);

    assert_int_equal(json_object_size(item), 3);
    assert_int_equal(json_integer_value(json_object_get(item, "id")), id);
    assert_string_equal(json_string_value(json_object_get(item, "name")), name);
    assert_int_equal(json_integer_value(json_object_get(item, "distance")), distance_there);
}

static json_t *find(const struct catalog *catalog, const char *query)
{
    json_t *response = nearest_items(catalog, query, strlen(query));

    assert_int_equal(json_array_size(json_object_get(response, "items")), 10);
    return response;
}

TEST(the_nearest_of_the_seed_are_found)
{
    struct catalog catalog;

    catalog_init(&catalog, SEED_ITEMS);
    json_t *response = find(&catalog, "kodi difese");
    assert_item(response, 0, 1, "kodi difece", 1);
    json_decref(response);
    catalog_release(&catalog);
}

TEST(equal_distances_stand_in_order_of_id)
{
    struct catalog catalog;

    catalog_init(&catalog, SEED_ITEMS);
    json_t *response = find(&catalog, "kodi difece");
    const json_t *items = json_object_get(response, "items");
    for (size_t i = 1; i < json_array_size(items); i++) {
        const json_t *before = json_array_get(items, i - 1), *item = json_array_get(items, i);
        json_int_t there = json_integer_value(json_object_get(before, "distance"));
        json_int_t here = json_integer_value(json_object_get(item, "distance"));
        assert_true(there < here || (there == here && json_integer_value(json_object_get(before, "id")) <
                                                          json_integer_value(json_object_get(item, "id"))));
    }
    json_decref(response);
    catalog_release(&catalog);
}

TEST(a_character_is_one_however_many_bytes_it_takes)
{
    struct catalog catalog;
    json_t *fields = json_pack("{s:s}", "name", "\xf0\x9f\x98\x80\xc3\xa9");

    catalog_init(&catalog, SEED_ITEMS);
    catalog_put_fields(&catalog, 10001, fields);
    json_t *response = find(&catalog, "\xf0\x9f\x98\x80");
    assert_item(response, 0, 10001, "\xf0\x9f\x98\x80\xc3\xa9", 1);
    json_decref(response);
    response = find(&catalog, "\xf0\x9f\x98\x81\xc3\xa9");
    assert_item(response, 0, 10001, "\xf0\x9f\x98\x80\xc3\xa9", 1);
    json_decref(response);
    json_decref(fields);
    catalog_release(&catalog);
}

TEST(an_item_that_was_deleted_is_not_found)
{
    struct catalog catalog;

    catalog_init(&catalog, SEED_ITEMS);
    catalog_delete(&catalog, 1);
    json_t *response = find(&catalog, "kodi difece");
    assert_int_not_equal(json_integer_value(
                             json_object_get(json_array_get(json_object_get(response, "items"), 0), "id")),
                         1);
    json_decref(response);
    catalog_release(&catalog);
}
