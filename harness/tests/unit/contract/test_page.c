#include "contract/verify/page.h"

#include "test.h"

#include <string.h>

static json_t *listing_of(const char *name, size_t length, int stock, bool more)
{
    return json_pack("{s:[{s:i, s:s#, s:i, s:i, s:[s#, s]}], s:o}", "items", "id", 7, "name", name, (int)length,
                     "price_cents", 1305, "stock", stock, "tags", name, (int)length, "b", "next_after",
                     more ? json_integer(7) : json_null());
}

static bool shows(const json_t *listing, const char *document, size_t length, struct text *wrong)
{
    struct text text = {0};
    json_t *expected = page_expect(listing, 6, 1);

    text_append(&text, document, length);
    bool same = page_matches(expected, &text, wrong);
    assert_int_equal(same, wrong->length == 0);
    text_release(&text);
    json_decref(expected);
    return same;
}

static void check(const char *document, const char *difference)
{
    json_t *listing = listing_of("a<b", 3, 0, true);
    struct text wrong = {0};

    assert_int_equal(shows(listing, document, strlen(document), &wrong), difference == NULL);
    if (difference != NULL && strcmp(wrong.data, difference) != 0) {
        fail_msg("%s", wrong.data);
    }
    text_release(&wrong);
    json_decref(listing);
}

#define HEAD "<h1>Items after 6</h1><table><tbody>"
#define ROW  "<tr><td> 7 </td><td><a title='a&lt;b' href=/items/7>a&lt;b</a></td><td>13.05</td><td>\nsold out\n</td>"
#define TAGS "<td><ul> <li>a&lt;b</li> <li>b</li> </ul></td></tr>"
#define NEXT "</tbody></table><p><a rel=\"next\" href=\"/pages/items?limit=1&amp;after=7\">on</a></p>"

TEST(a_page_is_what_it_shows_whatever_it_is_made_of)
{
    check(HEAD ROW TAGS NEXT, NULL);
    check("<title>x</title><h1 class=x>Items <!-- -->after <em>6</em></h1><TABLE><thead><tr><td>Id</td></tr></thead>"
          "<TBODY class=x>" ROW TAGS NEXT "</TABLE>",
          NULL);
}

TEST(what_is_shown_otherwise_is_told)
{
    check("", "heading is null, expected \"Items after 6\"");
    check(HEAD NEXT, "rows[0] is absent, expected "
                     "{\"id\":\"7\",\"link\":\"/items/7\",\"title\":\"a<b\",\"name\":\"a<b\",\"price\":\"13.05\","
                     "\"stock\":\"sold out\",\"tags\":[\"a<b\",\"b\"]}");
    check(HEAD ROW "</tr>" NEXT, "rows[0].tags is absent, expected [\"a<b\",\"b\"]");
    check(HEAD ROW TAGS "</tbody>", "next is null, expected \"/pages/items?limit=1&after=7\"");
}

TEST(what_html_cannot_hold_may_be_anything)
{
    static const char document[] = HEAD "<tr><td>7</td><td><a href=/items/7 title='?'>\xef\xbf\xbd</a></td>"
                                        "<td>13.05</td><td>3</td><td><li>\0</li><li>b</li></td></tr>";
    json_t *listing = listing_of("a\0b", 3, 3, false);
    struct text wrong = {0};

    assert_true(shows(listing, document, sizeof document - 1, &wrong));
    json_decref(listing);
}

TEST(bytes_that_are_no_utf_8_are_no_name)
{
    check(HEAD
          "<tr><td>7</td><td><a title='a&lt;b' href=/items/7>\xff</a></td><td>13.05</td><td>sold out</td>" TAGS NEXT,
          "rows[0].name is null, expected \"a<b\"");
}
