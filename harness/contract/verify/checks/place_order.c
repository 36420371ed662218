#include "contract/verify/checks/place_order.h"

#include "contract/verify/checks/check_posted.h"
#include "contract/verify/model/phrase.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ID_MOST ((INT64_C(1) << 53) - 1)

enum { FIRST_ITEM = 100 };

json_t *place_draft(const char *customer, size_t lines)
{
    json_t *draft = json_pack("{s:s, s:[]}", "customer", customer, "lines");

    for (size_t i = 0; i < lines; i++) {
        place_line(draft, FIRST_ITEM + i, 1);
    }
    return draft;
}

void place_line(json_t *draft, uint64_t item_id, int64_t quantity)
{
    json_array_append_new(json_object_get(draft, "lines"),
                          json_pack("{s:I, s:I}", "item_id", (json_int_t)item_id, "quantity", (json_int_t)quantity));
}

/* White space, escapes and the order of members as it comes. */
static char *write_body(struct session *session, const json_t *draft)
{
    static const size_t flags[] = {JSON_COMPACT, JSON_INDENT(2), JSON_ENSURE_ASCII, JSON_SORT_KEYS | JSON_COMPACT,
                                   JSON_ESCAPE_SLASH};
    return json_dumps(draft, flags[random_below(&session->random, sizeof flags / sizeof flags[0])]);
}

/* The id that the service gave, when it is one that it may give; else one that it may. */
static uint64_t read_id(const struct session *session, const struct call_response *response)
{
    json_t *body = response->status == 201 ? judge_body(response, NULL) : NULL;
    json_int_t id = json_integer_value(json_object_get(body, "id"));

    json_decref(body);
    return id > (json_int_t)session->orders->last && id <= ID_MOST ? (uint64_t)id : session->orders->last + 1;
}

static void send(struct session *session, const json_t *draft, int status, enum rule rule)
{
    char *body = write_body(session, draft);
    struct call call = {.method = "POST",
                        .path = "/orders",
                        .content_type = posted_type(session),
                        .body = body,
                        .body_length = strlen(body)};
    struct expected_response expectation = {.rule = rule, .status = status != 0 ? status : 422, .place = "/orders/"};
    struct call_response response;
    json_t *order = NULL;

    session_send(session, &call, &response);
    if (status == 0) {
        expectation.other_status = 409;
    } else if (status == 201) {
        expectation.location = read_id(session, &response);
        expectation.body = order = order_book_make(draft, expectation.location);
        expectation.rule = response.status == 201 ? RULE_PLACE : rule;
    }
    session_judge(session, &call, &expectation, &response);
    if (order != NULL && response.status == 201) {
        order_book_place(session->orders, order);
    }
    json_decref(order);
    call_response_release(&response);
    free(body);
}

void place_order(struct session *session, const json_t *draft, enum rule rule)
{
    send(session, draft, order_book_decide(session->orders, draft), rule);
}

void place_refused(struct session *session, const json_t *draft, int status, enum rule rule)
{
    send(session, draft, status, rule);
}

/* Each item once, mostly such that never run short. */
static void add_random_line(json_t *draft, struct random *random, uint8_t taken[SEED_ITEMS + 1])
{
    uint64_t id = 0;

    while (id == 0 || taken[id]) {
        if (random_below(random, 12) == 0) {
            id = ORDER_SQL_AMPLE_ITEMS + 1 + random_below(random, SEED_ITEMS - ORDER_SQL_AMPLE_ITEMS);
        } else {
            id = 1 + random_below(random, ORDER_SQL_AMPLE_ITEMS);
        }
    }
    taken[id] = 1;
    place_line(draft, id, 1 + (int64_t)random_below(random, PLACE_QUANTITY_MOST));
}

void place_random(struct session *session, size_t lines)
{
    uint8_t taken[SEED_ITEMS + 1] = {0};
    struct text customer = {0};
    json_t *draft = place_draft("", 0);

    phrase_add(&customer, &session->random, 1 + random_below(&session->random, PLACE_CUSTOMER_MOST));
    for (size_t i = 0; i < customer.length; i++) {
        customer.data[i] = customer.data[i] == '\0' ? '0' : customer.data[i];
    }
    json_object_set_new(draft, "customer", json_stringn(customer.data, customer.length));
    for (size_t i = 0; i < lines; i++) {
        add_random_line(draft, &session->random, taken);
    }
    int status = order_book_decide(session->orders, draft);
    send(session, draft, status, status == 201 ? RULE_PLACE : RULE_STOCK);
    json_decref(draft);
    text_release(&customer);
}

void place_read(struct session *session, const json_t *order)
{
    char path[64];
    struct call call = {.method = "GET", .path = path};
    struct expected_response expectation = {.rule = RULE_GET_ORDER, .status = 200, .body = order};

    snprintf(path, sizeof path, "/orders/%" JSON_INTEGER_FORMAT, json_integer_value(json_object_get(order, "id")));
    session_ask(session, &call, &expectation);
}
