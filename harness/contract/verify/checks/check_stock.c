#include "contract/verify/check.h"

#include "contract/verify/checks/place_order.h"

enum { PAIRS = 2 };

/* An item of which there are `least` or more, other than `other`; 0 where there is none. */
static uint64_t find_item(struct session *session, int64_t least, uint64_t other)
{
    const uint64_t count = SEED_ITEMS - ORDER_SQL_AMPLE_ITEMS;
    uint64_t offset = random_below(&session->random, count);

    for (uint64_t i = 0; i < count; i++) {
        uint64_t id = ORDER_SQL_AMPLE_ITEMS + 1 + (offset + i) % count;
        if (id != other && order_book_stock(session->orders, id) >= least) {
            return id;
        }
    }
    return 0;
}

/* One line of `id`, and before it one of `before` where that is not 0. What must come is in the book. */
static void order(struct session *session, uint64_t before, uint64_t id, int64_t quantity)
{
    json_t *draft = place_draft("Bob", 0);

    if (before != 0) {
        place_line(draft, before, before > ORDER_SQL_AMPLE_ITEMS && before <= SEED_ITEMS ? 5 : 1);
    }
    place_line(draft, id, quantity);
    place_order(session, draft, RULE_STOCK);
    json_decref(draft);
}

/* Down to fewer than can be ordered at once, as far as the service goes along. */
static void sell(struct session *session, uint64_t id)
{
    for (int64_t before = 0; before != order_book_stock(session->orders, id) && !session_is_over(session);) {
        before = order_book_stock(session->orders, id);
        if (before >= PLACE_QUANTITY_MOST) {
            order(session, 0, id,
                  before - PLACE_QUANTITY_MOST + 1 < PLACE_QUANTITY_MOST ? before - PLACE_QUANTITY_MOST + 1
                                                                         : PLACE_QUANTITY_MOST);
        }
    }
}

/* What is refused must leave both as they were: then exactly the rest of each can be ordered, and not one more. */
static void run_short(struct session *session, uint64_t first, uint64_t second)
{
    sell(session, second);
    int64_t rest = order_book_stock(session->orders, second);
    if (rest >= PLACE_QUANTITY_MOST) {
        return; /* what is wrong was told */
    }
    order(session, first, second, rest + 1);
    order(session, 1, second, rest + 1);
    order(session, second, SEED_ITEMS + 1, 1);
    sell(session, first);
    int64_t first_rest = order_book_stock(session->orders, first);
    if (first_rest < PLACE_QUANTITY_MOST) {
        order(session, 0, first, first_rest + 1);
        order(session, 0, first, first_rest);
        order(session, 0, first, 1);
    }
    order(session, 0, second, rest);
    order(session, 0, second, 1);
    order(session, 2, second, 1);
}

void check_stock(const struct check_context *context)
{
    struct session *session = context->session;

    for (int i = 0; session->options->database && i < PAIRS; i++) {
        uint64_t one = find_item(session, PLACE_QUANTITY_MOST, 0);
        uint64_t other = find_item(session, PLACE_QUANTITY_MOST, one);
        if (one == 0 || other == 0) {
            return;
        }
        /* Once with the lines in the order in which the items are locked, once the other way round. */
        bool ascending = (one < other) == (i == 0);
        run_short(session, ascending ? one : other, ascending ? other : one);
    }
}
