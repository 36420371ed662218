#include "import/mix/fold.h"

#include "base/text.h"
#include "test.h"

#include <string.h>

/* The pattern with "<name=value>" for each place and "<name!>" for each secret. */
static void assert_folded(const char *target, bool all, const char *expected)
{
    struct folded folded;
    struct text shown = {0};
    size_t place = 0;

    fold_target(&folded, target, all);
    for (const char *c = folded.pattern.data; *c != '\0'; c++) {
        if (*c == FOLD_PLACE) {
            text_format(&shown, "<%s=%s>", folded.places[place].name, folded.places[place].value);
            place++;
        } else if (*c == FOLD_SECRET) {
            assert_null(folded.places[place].value);
            text_format(&shown, "<%s!>", folded.places[place++].name);
        } else {
            text_append(&shown, c, 1);
        }
    }
    assert_int_equal(place, folded.count);
    assert_string_equal(shown.data, expected);
    text_release(&shown);
    folded_release(&folded);
}

TEST(ids_in_a_path_are_folded)
{
    assert_folded("/", true, "/");
    assert_folded("/items/7", true, "/items/<item_id=7>");
    assert_folded("/items/7/", true, "/items/<item_id=7>/");
    assert_folded("/users/4a800646-417a-4105-bc31-99944567ceb1/orders/0017", true,
                  "/users/<user_id=4a800646-417a-4105-bc31-99944567ceb1>/orders/<order_id=0017>");
    assert_folded("/7/8", true, "/<id=7>/<id=8>");
    assert_folded("/images/42.jpg", true, "/images/<image_id=42>.jpg");
    assert_folded("/categories/3/addresses/4/news/5", true,
                  "/categories/<category_id=3>/addresses/<address_id=4>/news/<news_id=5>");
    assert_folded("/commit/9f86d081884c7d659a2feaa0c55ad015", true,
                  "/commit/<commit_id=9f86d081884c7d659a2feaa0c55ad015>");
    assert_folded("/c/8f3a2c1d", true, "/c/<c_id=8f3a2c1d>");
}

TEST(words_are_not)
{
    assert_folded("/v1/facade/deadbeef/beef/item7/7th", true, "/v1/facade/deadbeef/beef/item7/7th");
    assert_folded("/static/app.3f9a8b2c.js", true, "/static/app.3f9a8b2c.js");
    assert_folded("/1.2.3/a", true, "/1.2.3/a");
    assert_folded("//", true, "//");
}

TEST(query_values_are_folded_whatever_they_are)
{
    assert_folded("/search?q=red+shoes&page=2", true, "/search?q=<q=red+shoes>&page=<page=2>");
    assert_folded("/a?x&y=&=z&&", true, "/a?x&y=&=<value=z>&&");
    assert_folded("/a?sortBy=x%2Cy", true, "/a?sortBy=<sort_by=x%2Cy>");
    assert_folded("/a?rate=1", true, "/a?rate=<rate_value=1>");
}

TEST(what_no_line_can_hold_stays)
{
    assert_folded("/a?x=1%0A2&y=%00&z=%FF", true, "/a?x=1%0A2&y=%00&z=%FF");
}

TEST(secrets_are_folded_always_and_not_kept)
{
    assert_folded("/a/7?access_token=abc&id=7", false, "/a/7?access_token=<access_token!>&id=7");
    assert_folded("/a?api-key=abc", true, "/a?api-key=<api_key!>");
}

TEST(numbers_are_those_without_zeros_in_front)
{
    assert_true(fold_is_number("0"));
    assert_true(fold_is_number("999999999999999"));
    assert_false(fold_is_number("1000000000000000"));
    assert_false(fold_is_number("007"));
    assert_false(fold_is_number(""));
    assert_false(fold_is_number("1a"));
}
