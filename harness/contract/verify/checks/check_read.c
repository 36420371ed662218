#include "contract/verify/check.h"

#include <inttypes.h>
#include <stdio.h>

#define MAX_ID "9007199254740991"

void check_health(const struct check_context *context)
{
    operation_health(context->session);
}

static void check_seed_pages(struct session *session)
{
    for (uint64_t after = 0; after < SEED_ITEMS; after += 1000) {
        operation_page(session, after, 1000, RULE_SEED);
    }
}

void check_seed(const struct check_context *context)
{
    struct session *session = context->session;
    bool pages = context->operations & OPERATION_LIST;
    uint64_t step = pages ? 97 : 1;

    if (pages) {
        check_seed_pages(session);
    }
    for (uint64_t id = 1; context->operations & OPERATION_GET && id <= SEED_ITEMS; id += step) {
        operation_get(session, id, RULE_SEED);
    }
}

static void check_unknown_paths(struct session *session)
{
    static const char *const paths[] = {"/",          "/nowhere", "/item/1",  "/items/1/", "/items/1/tags",
                                        "/healthz/x", "/health",  "/Items/1", "/ITEMS",    "/items/1/2?limit=1"};

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        operation_fail(session, "GET", paths[i], 404, RULE_UNKNOWN_PATH);
    }
    operation_fail(session, "DELETE", "/nowhere/1", 404, RULE_UNKNOWN_PATH);
}

/* On one id that is none, with every method that takes an id. The body of the PUT is a good one. */
static void check_bad_id(const struct check_context *context, const char *id)
{
    static const char body[] = "{\"name\":\"x\",\"price_cents\":1}";
    char path[512];
    struct write write = {.id = 1,
                          .path = path,
                          .content_type = "application/json",
                          .body = body,
                          .length = sizeof body - 1,
                          .rule = RULE_PATH};

    snprintf(path, sizeof path, "/items/%s", id);
    if (context->operations & OPERATION_GET) {
        operation_fail(context->session, "GET", path, 422, RULE_PATH);
    }
    if (context->operations & OPERATION_DELETE) {
        operation_fail(context->session, "DELETE", path, 422, RULE_PATH);
    }
    if (context->operations & OPERATION_REPLACE) {
        operation_refuse(context->session, &write, 422);
    }
}

static void check_missing_ids(struct session *session)
{
    static const uint64_t ids[] = {10001, 65536, UINT64_C(4294967297), UINT64_C(9007199254740990),
                                   UINT64_C(9007199254740991)};

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        operation_get(session, ids[i], RULE_GET);
    }
}

static void check_ignored_query(struct session *session, uint64_t id)
{
    char path[64];
    json_t *item = catalog_get(&session->catalog, id);
    struct call call = {.method = "GET", .path = path};
    struct expected_response expectation = {.rule = RULE_UNKNOWN_QUERY, .status = 200, .body = item};
    struct call_response response;

    snprintf(path, sizeof path, "/items/%" PRIu64 "?limit=abc&x=%%00", id);
    session_call(session, &call, &expectation, &response);
    call_response_release(&response);
}

void check_paths(const struct check_context *context)
{
    static const char *const ids[] = {
        "0",
        "-1",
        "-0",
        "abc",
        "1.5",
        "1a",
        "a1",
        "0x10",
        "1_0",
        "1,000",
        "9007199254740992",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551617",
        "99999999999999999999999999",
        "1%20",
        "%201",
        "1%00",
        "1%0A",
        "%D9%A1",
        "null",
        "true",
        "NaN",
        "Infinity",
        "%F0%9F%8D%8F",
        "%5B1%5D",
        "%221%22",
        "%2B",
        "1111111111111111111111111111111111111111111111111111111111111111",
    };

    /* The form of errors is that of the other operations: a service of health alone has none of it. */
    if (context->operations & ~(unsigned)OPERATION_HEALTH) {
        check_unknown_paths(context->session);
    }
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        check_bad_id(context, ids[i]);
    }
    if (context->operations & OPERATION_GET) {
        check_missing_ids(context->session);
        check_ignored_query(context->session, 1);
    }
}

static void check_bad_queries(struct session *session)
{
    static const char *const values[] = {"-1",
                                         "abc",
                                         "",
                                         "1.5",
                                         "0x10",
                                         "1_0",
                                         "5%20",
                                         "%205",
                                         "1%00",
                                         "null",
                                         "true",
                                         "%D9%A1",
                                         "[1]",
                                         "1,2",
                                         "99999999999999999999",
                                         "9007199254740992",
                                         "18446744073709551617",
                                         "-9223372036854775809"};
    static const char *const others[] = {"/items?limit=0",         "/items?limit=1001",      "/items?limit=4294967297",
                                         "/items?limit=0&after=5", "/items?limit=5&after=x", "/items?limit=x&after=5"};
    char path[96];

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        snprintf(path, sizeof path, "/items?limit=%s", values[i]);
        operation_fail(session, "GET", path, 422, RULE_QUERY);
        snprintf(path, sizeof path, "/items?after=%s", values[i]);
        operation_fail(session, "GET", path, 422, RULE_QUERY);
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        operation_fail(session, "GET", others[i], 422, RULE_QUERY);
    }
}

void check_queries(const struct check_context *context)
{
    static const struct {
        const char *query;
        uint64_t after;
        size_t limit;
        enum rule rule;
    } good[] = {
        {"", 0, 20, RULE_PAGE},
        {"?", 0, 20, RULE_PAGE},
        {"?limit=1", 0, 1, RULE_PAGE},
        {"?limit=1000", 0, 1000, RULE_PAGE},
        {"?after=0", 0, 20, RULE_PAGE},
        {"?after=9979", 9979, 20, RULE_PAGE},
        {"?after=9980", 9980, 20, RULE_PAGE},
        {"?after=9981", 9981, 20, RULE_PAGE},
        {"?after=9999&limit=1", 9999, 1, RULE_PAGE},
        {"?after=9998&limit=1", 9998, 1, RULE_PAGE},
        {"?after=10000", 10000, 20, RULE_PAGE},
        {"?after=4294967296", UINT64_C(4294967296), 20, RULE_PAGE},
        {"?after=" MAX_ID "&limit=1000", UINT64_C(9007199254740991), 1000, RULE_PAGE},
        {"?offset=5&limit=2", 0, 2, RULE_UNKNOWN_QUERY},
        {"?x&after=7&=&y=%00%ff", 7, 20, RULE_UNKNOWN_QUERY},
        {"?LIMIT=0&After=x", 0, 20, RULE_UNKNOWN_QUERY},
    };

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        operation_list(context->session, good[i].query, good[i].after, good[i].limit, good[i].rule);
    }
    check_bad_queries(context->session);
}
