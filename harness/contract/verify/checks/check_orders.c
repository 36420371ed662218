#include "contract/verify/check.h"

#include "base/mem.h"
#include "contract/verify/checks/check_posted.h"
#include "contract/verify/checks/place_order.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATH "/orders"
#define GOOD "{\"customer\":\"Ada\",\"lines\":[{\"item_id\":1,\"quantity\":2}]}"

static const char in_an_array[] = "[" GOOD "]";

enum { ORDERS = 20 };

static void check_unavailable(const struct check_context *context)
{
    if (context->operations & OPERATION_PLACE) {
        posted_refuse(context->session, PATH, GOOD, 503, RULE_UNAVAILABLE);
    }
    if (context->operations & OPERATION_GET_ORDER) {
        operation_fail(context->session, "GET", "/orders/1", 503, RULE_UNAVAILABLE);
    }
}

static void check_reading(struct session *session)
{
    static const char *const bad[] = {"0",
                                      "-1",
                                      "abc",
                                      "1.5",
                                      "1a",
                                      "0x10",
                                      "1_0",
                                      "1%20",
                                      "%201",
                                      "1%00",
                                      "%D9%A1",
                                      "null",
                                      "true",
                                      "9007199254740992",
                                      "9223372036854775808",
                                      "18446744073709551617",
                                      "99999999999999999999999"};
    static const char *const missing[] = {"9007199254740991", "4294967297", "2147483648", "1000000000"};
    char path[96];

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        snprintf(path, sizeof path, PATH "/%s", bad[i]);
        operation_fail(session, "GET", path, 422, RULE_PATH);
    }
    for (size_t i = 0; i < sizeof missing / sizeof missing[0]; i++) {
        snprintf(path, sizeof path, PATH "/%s", missing[i]);
        operation_fail(session, "GET", path, 404, RULE_GET_ORDER);
    }
    operation_fail(session, "GET", "/orders/1/lines", 404, RULE_UNKNOWN_PATH);
}

static void refuse_bodies(struct session *session, const char *format, const char *const *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct text body = {0};
        const char *at = strchr(format, '@');
        text_append(&body, format, (size_t)(at - format));
        text_add(&body, values[i]);
        text_add(&body, at + 1);
        posted_refuse(session, PATH, body.data, 422, RULE_NOT_AN_ORDER);
        text_release(&body);
    }
}

#define REFUSE(session, format, values) refuse_bodies(session, format, values, sizeof(values) / sizeof(values)[0])

static void check_fields_of_orders(struct session *session)
{
    static const char *const customers[] = {"12", "1.5",     "true", "null",        "[]",
                                            "{}", "[\"x\"]", "\"\"", "\"\\u0000\"", "\"a\\u0000b\""};
    static const char *const lines[] = {"null", "1",       "true", "\"x\"",
                                        "{}",   "[]",      "[1]",  "[null]",
                                        "[[]]", "[\"x\"]", "[{}]", "{\"0\":{\"item_id\":1,\"quantity\":1}}"};
    static const char *const numbers[] = {"0",
                                          "-1",
                                          "1.5",
                                          "\"1\"",
                                          "true",
                                          "null",
                                          "[]",
                                          "[1]",
                                          "{}",
                                          "1e30",
                                          "9007199254740992",
                                          "18446744073709551617"};
    static const char *const more_quantities[] = {"101", "4294967297", "1000"};
    static const char *const members[] = {"\"item_id\":1",
                                          "\"quantity\":1",
                                          "\"item_id\":1,\"quantity\":1,\"price_cents\":1",
                                          "\"item_id\":1,\"quantity\":1,\"x\":null",
                                          "\"Item_id\":1,\"quantity\":1",
                                          "\"id\":1,\"quantity\":1"};
    static const char *const bodies[] = {
        "{}",
        "[]",
        "null",
        "1",
        "\"x\"",
        in_an_array,
        "{\"customer\":\"Ada\"}",
        "{\"lines\":[{\"item_id\":1,\"quantity\":1}]}",
        "{\"Customer\":\"Ada\",\"lines\":[{\"item_id\":1,\"quantity\":1}]}",
        "{\"id\":1,\"customer\":\"Ada\",\"lines\":[{\"item_id\":1,\"quantity\":1}]}",
        "{\"customer\":\"Ada\",\"total_cents\":1,\"lines\":[{\"item_id\":1,\"quantity\":1}]}"};
    static const char *const twice[] = {"{\"item_id\":7,\"quantity\":1}", "{\"quantity\":100,\"item_id\":7}"};

    REFUSE(session, "{\"customer\":@,\"lines\":[{\"item_id\":1,\"quantity\":1}]}", customers);
    REFUSE(session, "{\"customer\":\"Ada\",\"lines\":@}", lines);
    REFUSE(session, "{\"customer\":\"Ada\",\"lines\":[{\"item_id\":@,\"quantity\":1}]}", numbers);
    REFUSE(session, "{\"customer\":\"Ada\",\"lines\":[{\"item_id\":1,\"quantity\":@}]}", numbers);
    REFUSE(session, "{\"customer\":\"Ada\",\"lines\":[{\"item_id\":1,\"quantity\":@}]}", more_quantities);
    REFUSE(session, "{\"customer\":\"Ada\",\"lines\":[{\"item_id\":2,\"quantity\":1},{@}]}", members);
    REFUSE(session,
           "{\"customer\":\"Ada\",\"lines\":[{\"item_id\":7,\"quantity\":1},{\"item_id\":8,\"quantity\":1},@]}", twice);
    REFUSE(session, "@", bodies);
}

static void check_customers(struct session *session)
{
    static const char *const points[] = {"x", "\xc3\xa9", "\xf0\x9f\x98\x80", "\xcc\x81"};

    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        struct text customer = {0};
        for (int n = 0; n < PLACE_CUSTOMER_MOST; n++) {
            text_add(&customer, points[i]);
        }
        json_t *draft = place_draft(customer.data, 1);
        place_line(draft, 1 + random_below(&session->random, ORDER_SQL_AMPLE_ITEMS), 1);
        place_order(session, draft, RULE_NOT_AN_ORDER);
        text_add(&customer, points[i]);
        json_object_set_new(draft, "customer", json_string(customer.data));
        place_refused(session, draft, 422, RULE_NOT_AN_ORDER);
        json_decref(draft);
        text_release(&customer);
    }
}

static void check_unknown_items(struct session *session)
{
    static const uint64_t ids[] = {10001, 65536, UINT64_C(4294967297), UINT64_C(9007199254740991)};

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        json_t *draft = place_draft("Ada", i % 2);
        place_line(draft, ids[i], 1);
        place_refused(session, draft, 422, RULE_UNKNOWN_ITEM);
        json_decref(draft);
    }
}

static void read_all(struct session *session)
{
    for (size_t i = 0; i < session->orders->count; i++) {
        place_read(session, session->orders->orders[i]);
    }
}

void check_orders(const struct check_context *context)
{
    struct session *session = context->session;

    if (!session->options->database) {
        check_unavailable(context);
        return;
    }
    if (context->operations & OPERATION_GET_ORDER) {
        check_reading(session);
    }
    if (!(context->operations & OPERATION_PLACE)) {
        return;
    }
    posted_check(session, PATH, GOOD);
    check_fields_of_orders(session);
    check_customers(session);
    check_unknown_items(session);
    place_random(session, 1);
    place_random(session, PLACE_LINES_MOST);
    for (int i = 2; i < ORDERS; i++) {
        place_random(session, 1 + random_below(&session->random, PLACE_LINES_MOST));
    }
    json_t *more = place_draft("Ada", PLACE_LINES_MOST + 1);
    place_refused(session, more, 422, RULE_NOT_AN_ORDER);
    json_decref(more);
    if (context->operations & OPERATION_GET_ORDER) {
        read_all(session);
    }
}

void check_orders_elsewhere(const struct check_context *context)
{
    struct session *session = context->session;
    unsigned operations = context->operations;

    if (!session->options->database || !(operations & OPERATION_PLACE)) {
        return;
    }
    place_random(session, 3);
    if (operations & OPERATION_GET_ORDER) {
        read_all(session);
    }
}
