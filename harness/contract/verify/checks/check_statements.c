#include "contract/verify/check.h"

#include "contract/verify/checks/place_order.h"

#include <inttypes.h>
#include <stdio.h>

/* Of each kind, one after another. */
enum { ORDERS = 20, LINES = 3 };

static void place(struct session *session)
{
    json_t *draft = place_draft("Eve", LINES);

    place_order(session, draft, RULE_PLACE);
    json_decref(draft);
}

static const json_t *newest(const struct session *session)
{
    const struct order_book *book = session->orders;
    return book->count > 0 ? book->orders[book->count - 1] : NULL;
}

static bool count(const struct session *session, uint64_t *ret_count)
{
    const struct verify_options *options = session->options;
    return options->count_statements(options->context, ret_count);
}

static void judge(struct session *session, const char *operation, const char *request, uint64_t came, uint64_t each)
{
    char expected[96], wrong[96];

    if (came == each * ORDERS) {
        return;
    }
    snprintf(expected, sizeof expected, "%" PRIu64 " statements each", each);
    snprintf(wrong, sizeof wrong, "%.4g statements each, as pg_stat_statements counts them", (double)came / ORDERS);
    ledger_add(session->ledger, &(struct finding){.rule = RULE_STATEMENTS,
                                                  .operation = operation,
                                                  .request = request,
                                                  .expected = expected,
                                                  .wrong = wrong});
}

void check_statements(const struct check_context *context)
{
    struct session *session = context->session;
    uint64_t before, placed, read;

    if (!session->options->database || session->options->count_statements == NULL) {
        return;
    }
    place(session); /* on a connection that the service may have to open for it */
    if (newest(session) == NULL || !count(session, &before)) {
        return;
    }
    for (int i = 0; i < ORDERS; i++) {
        place(session);
    }
    if (!count(session, &placed)) {
        return;
    }
    for (int i = 0; i < ORDERS; i++) {
        place_read(session, newest(session));
    }
    if (count(session, &read) && !session_is_over(session)) {
        judge(session, "placeOrder", "POST /orders, 20 times\n", placed - before, VERIFY_STATEMENTS_PLACED);
        judge(session, "getOrder", "GET /orders/{id}, 20 times\n", read - placed, VERIFY_STATEMENTS_READ);
    }
}
