#include "contract/verify/model/order_book.h"

#include "base/list.h"

#include <stdbool.h>
#include <stdlib.h>

void order_book_init(struct order_book *book)
{
    *book = (struct order_book){0};
    for (uint64_t id = ORDER_SQL_AMPLE_ITEMS + 1; id <= SEED_ITEMS; id++) {
        book->stock[id - ORDER_SQL_AMPLE_ITEMS - 1] = seed_item((uint32_t)id).stock;
    }
}

void order_book_release(struct order_book *book)
{
    for (size_t i = 0; i < book->count; i++) {
        json_decref(book->orders[i]);
    }
    free(book->orders);
    *book = (struct order_book){0};
}

static bool can_run_short(uint64_t id)
{
    return id > ORDER_SQL_AMPLE_ITEMS && id <= SEED_ITEMS;
}

int64_t order_book_stock(const struct order_book *book, uint64_t id)
{
    return book->stock[id - ORDER_SQL_AMPLE_ITEMS - 1];
}

int order_book_decide(const struct order_book *book, const json_t *draft)
{
    bool unknown = false, is_short = false;
    size_t index;
    json_t *line;

    json_array_foreach(json_object_get(draft, "lines"), index, line)
    {
        uint64_t id = (uint64_t)json_integer_value(json_object_get(line, "item_id"));
        json_int_t quantity = json_integer_value(json_object_get(line, "quantity"));
        unknown = unknown || id > SEED_ITEMS;
        is_short = is_short || (can_run_short(id) && order_book_stock(book, id) < quantity);
    }
    if (unknown && is_short) {
        return 0;
    }
    if (unknown) {
        return 422;
    }
    return is_short ? 409 : 201;
}

json_t *order_book_make(const json_t *draft, uint64_t id)
{
    json_t *lines = json_array();
    json_int_t total = 0;
    size_t index;
    json_t *line;

    json_array_foreach(json_object_get(draft, "lines"), index, line)
    {
        json_t *item_id = json_object_get(line, "item_id");
        json_t *quantity = json_object_get(line, "quantity");
        json_int_t price = seed_item((uint32_t)json_integer_value(item_id)).price_cents;
        total += price * json_integer_value(quantity);
        json_array_append_new(lines, json_pack("{s:O, s:O, s:I}", "item_id", item_id, "quantity", quantity,
                                               "price_cents", price));
    }
    return json_pack("{s:I, s:O, s:I, s:o}", "id", (json_int_t)id, "customer", json_object_get(draft, "customer"),
                     "total_cents", total, "lines", lines);
}

void order_book_place(struct order_book *book, json_t *order)
{
    size_t index;
    json_t *line;

    *list_add(book->orders, book->count) = json_incref(order);
    book->last = (uint64_t)json_integer_value(json_object_get(order, "id"));
    json_array_foreach(json_object_get(order, "lines"), index, line)
    {
        uint64_t id = (uint64_t)json_integer_value(json_object_get(line, "item_id"));
        if (can_run_short(id)) {
            book->stock[id - ORDER_SQL_AMPLE_ITEMS - 1] -= json_integer_value(json_object_get(line, "quantity"));
        }
    }
}
