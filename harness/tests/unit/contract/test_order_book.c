#include "contract/verify/model/order_book.h"

#include "test.h"

enum { LAST = 10000, LAST_STOCK = 884 }; /* the seed's last item, as the contract shows it */

static json_t *draft_of(json_int_t item, json_int_t quantity, json_int_t other, json_int_t other_quantity)
{
    return json_pack("{s:s, s:[{s:I, s:I}, {s:I, s:I}]}", "customer", "Ada", "lines", "item_id", item, "quantity",
                     quantity, "item_id", other, "quantity", other_quantity);
}

static int decide(const struct order_book *book, json_int_t item, json_int_t quantity, json_int_t other,
                  json_int_t other_quantity)
{
    json_t *draft = draft_of(item, quantity, other, other_quantity);
    int status = order_book_decide(book, draft);
    json_decref(draft);
    return status;
}

TEST(an_order_has_the_prices_of_the_seed_and_their_sum)
{
    json_t *draft = draft_of(2, 3, 1, 1);
    json_t *order = order_book_make(draft, 7);
    json_t *expected = json_pack("{s:i, s:s, s:i, s:[{s:i, s:i, s:i}, {s:i, s:i, s:i}]}", "id", 7, "customer", "Ada",
                                 "total_cents", 247815, "lines", "item_id", 2, "quantity", 3, "price_cents", 78114,
                                 "item_id", 1, "quantity", 1, "price_cents", 13473);

    assert_true(json_equal(order, expected));
    json_decref(expected);
    json_decref(order);
    json_decref(draft);
}

TEST(what_is_unknown_or_short_is_told_apart)
{
    struct order_book book;

    order_book_init(&book);
    assert_int_equal(order_book_stock(&book, LAST), LAST_STOCK);
    assert_int_equal(decide(&book, 1, 100, LAST, LAST_STOCK), 201);
    assert_int_equal(decide(&book, 1, 100, LAST, LAST_STOCK + 1), 409);
    assert_int_equal(decide(&book, 1, 100, LAST + 1, 1), 422);
    assert_int_equal(decide(&book, LAST + 1, 1, LAST, LAST_STOCK), 422);
    assert_int_equal(decide(&book, LAST + 1, 1, LAST, LAST_STOCK + 1), 0);
    assert_int_equal(decide(&book, 1, 1000000, ORDER_SQL_AMPLE_ITEMS, 1000000), 201);
    order_book_release(&book);
}

TEST(what_was_placed_is_out_of_stock)
{
    struct order_book book;
    json_t *draft = draft_of(1, 50, LAST, LAST_STOCK - 4);
    json_t *order = order_book_make(draft, 12);

    order_book_init(&book);
    order_book_place(&book, order);
    assert_int_equal(order_book_stock(&book, LAST), 4);
    assert_int_equal(book.last, 12);
    assert_int_equal(book.count, 1);
    assert_ptr_equal(book.orders[0], order);
    assert_int_equal(decide(&book, 1, 1, LAST, 4), 201);
    assert_int_equal(decide(&book, 1, 1, LAST, 5), 409);
    order_book_release(&book);
    json_decref(order);
    json_decref(draft);
}
