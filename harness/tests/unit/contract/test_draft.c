#include "contract/verify/model/draft.h"

#include "test.h"

#include <stdbool.h>

#include <stdlib.h>
#include <string.h>

enum { DRAFTS = 500 };

static json_t *read_body(const struct draft *draft)
{
    return json_loadb(draft->body.data, draft->body.length, JSON_ALLOW_NUL | JSON_REJECT_DUPLICATES, NULL);
}

TEST(a_draft_is_what_its_fields_say)
{
    struct random random;
    bool left_out = false;

    random_init(&random, 1, 3);
    for (int i = 0; i < DRAFTS; i++) {
        struct draft draft;
        draft_make(&draft, &random);
        json_t *body = read_body(&draft);
        assert_non_null(body);
        left_out |= json_object_size(body) < 4;
        json_object_set_new(body, "stock", json_integer(json_integer_value(json_object_get(body, "stock"))));
        if (json_object_get(body, "tags") == NULL) {
            json_object_set_new(body, "tags", json_array());
        }
        assert_true(json_equal(body, draft.fields));
        json_decref(body);
        draft_release(&draft);
    }
    assert_true(left_out);
}

TEST(no_beginning_of_a_draft_is_json)
{
    struct random random;
    struct draft draft;

    random_init(&random, 1, 4);
    draft_make(&draft, &random);
    for (size_t length = 0; length < draft.body.length; length++) {
        assert_null(json_loadb(draft.body.data, length, JSON_ALLOW_NUL, NULL));
    }
    draft_release(&draft);
}

static json_t *make_with(const char *field, const char *value)
{
    struct random random;
    struct draft draft;

    random_init(&random, 1, 5);
    draft_make_with(&draft, &random, field, value);
    json_t *body = read_body(&draft);
    assert_non_null(body);
    draft_release(&draft);
    return body;
}

TEST(a_member_is_replaced_added_or_left_out)
{
    json_t *replaced = make_with("price_cents", "\"12\"");
    json_t *added = make_with("colour", "[1]");
    json_t *less = make_with("name", NULL);

    assert_string_equal(json_string_value(json_object_get(replaced, "price_cents")), "12");
    assert_int_equal(json_array_size(json_object_get(added, "colour")), 1);
    assert_non_null(json_object_get(added, "name"));
    assert_null(json_object_get(less, "name"));
    assert_non_null(json_object_get(less, "price_cents"));
    json_decref(replaced);
    json_decref(added);
    json_decref(less);
}
