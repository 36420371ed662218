#include "contract/verify/model/catalog.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

TEST(the_seed_adds_up_to_the_contract_s_totals)
{
    json_int_t prices = 0;
    json_int_t stock = 0;
    size_t tags = 0;

    for (uint32_t id = 1; id <= SEED_ITEMS; id++) {
        json_t *item = catalog_seed_item(id);
        assert_int_equal(json_object_size(item), 5);
        assert_int_equal(json_integer_value(json_object_get(item, "id")), id);
        prices += json_integer_value(json_object_get(item, "price_cents"));
        stock += json_integer_value(json_object_get(item, "stock"));
        tags += json_array_size(json_object_get(item, "tags"));
        json_decref(item);
    }
    assert_int_equal(prices, 495328830);
    assert_int_equal(stock, 4997258);
    assert_int_equal(tags, 24933);
}

TEST(the_seed_holds_the_contract_s_examples)
{
    static const char *const examples[] = {
        ("{\"id\":1,\"name\":\"kodi difece\",\"price_cents\":13473,\"stock\":220,"
         "\"tags\":[\"new\",\"sale\",\"eco\",\"bulk\"]}"),
        "{\"id\":2,\"name\":\"jara rasobo\",\"price_cents\":78114,\"stock\":420,\"tags\":[\"new\",\"eco\"]}",
        "{\"id\":10000,\"name\":\"toje mepila\",\"price_cents\":6141,\"stock\":884,\"tags\":[\"gift\"]}",
    };

    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        json_t *example = json_loads(examples[i], 0, NULL);
        json_t *item = catalog_seed_item((uint32_t)json_integer_value(json_object_get(example, "id")));
        assert_true(json_equal(item, example));
        json_decref(item);
        json_decref(example);
    }
}

/* The ids on the page, and next_after (0 for null). */
static void page_is(const struct catalog *catalog, uint64_t after, size_t limit, const uint64_t *ids, uint64_t next)
{
    json_t *page = catalog_page(catalog, after, limit);
    json_t *items = json_object_get(page, "items");
    size_t count = 0;

    for (; ids[count] != 0; count++) {
        assert_int_equal(json_integer_value(json_object_get(json_array_get(items, count), "id")), ids[count]);
    }
    assert_int_equal(json_array_size(items), count);
    if (next == 0) {
        assert_true(json_is_null(json_object_get(page, "next_after")));
    } else {
        assert_int_equal(json_integer_value(json_object_get(page, "next_after")), next);
    }
    json_decref(page);
}

TEST(a_page_skips_holes_and_ends_with_null)
{
    struct catalog catalog;

    catalog_init(&catalog, SEED_ITEMS);
    page_is(&catalog, 0, 2, (const uint64_t[]){1, 2, 0}, 2);
    catalog_delete(&catalog, 1);
    catalog_delete(&catalog, 3);
    catalog_delete(&catalog, 10000);
    page_is(&catalog, 0, 2, (const uint64_t[]){2, 4, 0}, 4);
    page_is(&catalog, 3, 1, (const uint64_t[]){4, 0}, 4);
    page_is(&catalog, 9997, 2, (const uint64_t[]){9998, 9999, 0}, 0);
    page_is(&catalog, 9997, 1, (const uint64_t[]){9998, 0}, 9998);
    page_is(&catalog, 9999, 5, (const uint64_t[]){0}, 0);
    page_is(&catalog, UINT64_C(9007199254740991), 5, (const uint64_t[]){0}, 0);
    catalog_release(&catalog);
}

TEST(what_is_put_is_held_and_is_not_the_seed)
{
    struct catalog catalog;
    json_t *fields = json_pack("{s:s}", "name", "x");

    catalog_init(&catalog, SEED_ITEMS);
    assert_null(catalog_get(&catalog, 0));
    assert_null(catalog_get(&catalog, 10001));
    assert_true(catalog_is_seed(&catalog, 5));
    assert_non_null(catalog_get(&catalog, 5));
    assert_true(catalog_is_seed(&catalog, 5));
    catalog_put_fields(&catalog, 5, fields);
    assert_false(catalog_is_seed(&catalog, 5));
    assert_int_equal(json_integer_value(json_object_get(catalog_get(&catalog, 5), "id")), 5);
    catalog_put_fields(&catalog, 10003, fields);
    assert_int_equal(catalog.last, 10003);
    assert_null(catalog_get(&catalog, 10002));
    assert_false(catalog_is_seed(&catalog, 10003));
    catalog_delete(&catalog, 10003);
    assert_null(catalog_get(&catalog, 10003));
    assert_int_equal(catalog.last, 10003);
    catalog_release(&catalog);
    json_decref(fields);
}
