#include "contract/verify/check.h"

#include "contract/verify/page.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGES = 6, LIMIT_DEFAULT = 20, LIMIT_MOST = 1000 };

#define JSON_TYPE "application/json"

static void show(struct session *session, const char *query, uint64_t after, size_t limit)
{
    char path[128];
    json_t *listing = catalog_page(&session->catalog, after, limit);
    json_t *page = page_expect(listing, after, limit);
    struct call call = {.method = "GET", .path = path};
    struct expected_response expectation = {.rule = RULE_SHOWN, .status = 200, .body = page, .page = true};

    snprintf(path, sizeof path, "/pages/items%s", query);
    session_ask(session, &call, &expectation);
    json_decref(page);
    json_decref(listing);
}

static void show_from(struct session *session, uint64_t after, size_t limit)
{
    char query[96];

    snprintf(query, sizeof query, "?limit=%zu&after=%" PRIu64, limit, after);
    show(session, query, after, limit);
}

static void create(struct session *session, const char *name, int stock)
{
    json_t *fields = json_pack("{s:s, s:i, s:i, s:[s]}", "name", name, "price_cents", 100 * stock + stock, "stock",
                               stock, "tags", name);
    char *body = json_dumps(fields, JSON_COMPACT);
    struct write write = {
        .content_type = JSON_TYPE, .body = body, .length = strlen(body), .fields = fields, .rule = RULE_CREATE};

    operation_write(session, &write);
    free(body);
    json_decref(fields);
}

/* Texts that are HTML, or templates, unless they are escaped. */
static void check_escapes(struct session *session)
{
    static const char *const names[] = {"<b>bold</b> & <i>italic</i>",
                                        "\"double\" 'single' `back`",
                                        "</td></tr></tbody></table>",
                                        "<script>alert(1)</script>",
                                        "&lt; &amp;amp; &#60; &quot;",
                                        "<!-- x --> <!doctype y>",
                                        "{{7*7}} {% x %} ${x} <%= y %>",
                                        " a  b ",
                                        "a+b=c/d%20e\\f",
                                        "\xc3\xa9 \xf0\x9f\x98\x80 \xd7\xa9\xd7\x9c \xe2\x80\xa8"};
    uint64_t before = session->catalog.last;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        create(session, names[i], (int)i);
    }
    show_from(session, before, sizeof names / sizeof names[0]);
}

static void check_bad_queries(struct session *session)
{
    static const char *const queries[] = {"limit=0",  "limit=1001", "limit=",    "limit=x",
                                          "after=-1", "after=1.5",  "after=%00", "after=9007199254740992"};
    char path[64];

    for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
        snprintf(path, sizeof path, "/pages/items?%s", queries[i]);
        operation_fail(session, "GET", path, 422, RULE_SHOWN_QUERY);
    }
}

void check_pages(const struct check_context *context)
{
    struct session *session = context->session;

    show(session, "", 0, LIMIT_DEFAULT);
    show(session, "?x=%00&after=9900", 9900, LIMIT_DEFAULT);
    show(session, "?limit=3", 0, 3);
    show_from(session, 0, LIMIT_MOST);
    show_from(session, session->catalog.last - 1, 1);
    show_from(session, (UINT64_C(1) << 53) - 1, LIMIT_DEFAULT);
    for (int i = 0; i < PAGES; i++) {
        show_from(session, random_below(&session->random, session->catalog.last),
                  1 + random_below(&session->random, LIMIT_MOST));
    }
    if (context->operations & OPERATION_CREATE) {
        check_escapes(session);
    }
    check_bad_queries(session);
}
