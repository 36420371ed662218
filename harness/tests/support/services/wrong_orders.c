#include "wrong_orders.h"

#include "base/mem.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ITEMS = 10000, AMPLE = 9900, ORDERS_MOST = 2000, LINES_MOST = 21 };

struct wrong_orders {
    struct {
        json_int_t price, stock;
    } items[ITEMS + 1];
    json_t *orders[ORDERS_MOST]; /* by id, as they are read */
    int connections[ORDERS_MOST];
    size_t last;
};

struct wrong_line {
    json_int_t item, quantity;
};

struct wrong_order {
    const json_t *customer;
    struct wrong_line lines[LINES_MOST];
    size_t count;
};

struct wrong_orders *wrong_orders_new(void)
{
    struct wrong_orders *orders = mem_new(1, sizeof *orders);

    for (unsigned id = 1; id <= ITEMS; id++) {
        json_t *item = wrong_catalog_seed(id);
        orders->items[id].price = json_integer_value(json_object_get(item, "price_cents"));
        orders->items[id].stock = id > AMPLE ? json_integer_value(json_object_get(item, "stock")) : 1000000000;
        json_decref(item);
    }
    return orders;
}

void wrong_orders_free(struct wrong_orders *orders)
{
    for (size_t id = 1; id <= orders->last; id++) {
        json_decref(orders->orders[id]);
    }
    free(orders);
}

/* ---- the body ---- */

static bool read_number(const json_t *value, double most, json_int_t *ret_number)
{
    double number = json_number_value(value);

    *ret_number = json_is_number(value) && fabs(number) < 1e18 ? (json_int_t)number : 0;
    return json_is_number(value) && floor(number) == number && number >= 1 && number <= most;
}

static bool is_customer(enum fault fault, const json_t *value)
{
    const char *text = json_string_value(value);
    size_t length = json_string_length(value), count = 0;

    for (size_t i = 0; i < length; i++) {
        count += fault == FAULT_CUSTOMER_IN_BYTES || ((unsigned char)text[i] & 0xc0) != 0x80;
    }
    return count >= 1 && count <= (fault == FAULT_CUSTOMER_TOO_LONG ? 101 : 100) &&
           (strlen(text) == length || fault == FAULT_CUSTOMER_WITH_NUL);
}

static bool read_line(enum fault fault, const json_t *value, struct wrong_order *order)
{
    struct wrong_line *line = &order->lines[order->count];

    if ((json_object_size(value) != 2 && fault != FAULT_LINE_FIELDS) ||
        !read_number(json_object_get(value, "item_id"), 9007199254740991.0, &line->item) ||
        !read_number(json_object_get(value, "quantity"), fault == FAULT_LARGE_QUANTITY ? 1000 : 100, &line->quantity)) {
        return false;
    }
    for (size_t i = 0; i < order->count; i++) {
        if (order->lines[i].item == line->item && fault != FAULT_SAME_ITEM_TWICE) {
            return false;
        }
    }
    order->count++;
    return true;
}

static bool read_order(enum fault fault, const json_t *body, struct wrong_order *order)
{
    const json_t *lines = json_object_get(body, "lines");
    size_t most = 20;
    if (fault == FAULT_LINE_TOO_MANY) {
        most = 21;
    } else if (fault == FAULT_LINE_TOO_FEW) {
        most = 19;
    }

    order->customer = json_object_get(body, "customer");
    if (json_object_size(body) != 2 || !is_customer(fault, order->customer) || json_array_size(lines) < 1 ||
        json_array_size(lines) > most) {
        return false;
    }
    for (size_t i = 0; i < json_array_size(lines); i++) {
        if (!read_line(fault, json_array_get(lines, i), order)) {
            return false;
        }
    }
    return true;
}

/* ---- the work ---- */

static int compare_lines(const void *a, const void *b)
{
    const struct wrong_line *x = a, *y = b;
    return (x->item > y->item) - (x->item < y->item);
}

static bool is_short(enum fault fault, const struct wrong_orders *orders, const struct wrong_line *line)
{
    json_int_t stock = orders->items[line->item].stock;
    if (fault == FAULT_OVERSELLS) {
        return stock <= 0;
    }
    return fault == FAULT_KEEPS_THE_LAST ? stock <= line->quantity : stock < line->quantity;
}

/* What stands in the way, 0 when it can be placed. */
static int decide(enum fault fault, struct wrong_orders *orders, const struct wrong_order *order)
{
    for (size_t i = 0; i < order->count; i++) {
        if (order->lines[i].item > ITEMS) {
            return fault == FAULT_UNKNOWN_IS_404 ? 404 : 422;
        }
    }
    for (size_t i = 0; i < order->count; i++) {
        if (is_short(fault, orders, &order->lines[i])) {
            return fault == FAULT_SHORT_IS_422 ? 422 : 409;
        }
        if (fault == FAULT_NOT_ROLLED_BACK && i + 1 < order->count) {
            orders->items[order->lines[i].item].stock -= order->lines[i].quantity;
        }
    }
    for (size_t i = 0; fault == FAULT_NOT_ROLLED_BACK && i + 1 < order->count; i++) {
        orders->items[order->lines[i].item].stock += order->lines[i].quantity;
    }
    return 0;
}

static json_t *make_lines(const struct wrong_orders *orders, const struct wrong_order *order, json_int_t *total)
{
    json_t *lines = json_array();

    for (size_t i = 0; i < order->count; i++) {
        const struct wrong_line *line = &order->lines[i];
        json_int_t price = orders->items[line->item].price;
        *total += price * line->quantity;
        json_array_append_new(lines, json_pack("{s:I, s:I, s:I}", "item_id", line->item, "quantity", line->quantity,
                                               "price_cents", price));
    }
    return lines;
}

static void store(struct wrong_catalog *catalog, struct wrong_order *order, int connection,
                  struct wrong_response *response)
{
    enum fault fault = catalog->fault;
    struct wrong_orders *orders = catalog->orders;
    json_int_t total = 0;

    for (size_t i = 0; i < order->count; i++) {
        orders->items[order->lines[i].item].stock -= order->lines[i].quantity;
    }
    if (fault == FAULT_LINES_SORTED) {
        qsort(order->lines, order->count, sizeof order->lines[0], compare_lines);
    }
    json_t *lines = make_lines(orders, order, &total);
    response->status = 201;
    response->location = fault == FAULT_ORDER_WITHOUT_LOCATION ? 0 : orders->last + 1;
    response->place = "/orders/";
    response->body = json_pack("{s:I, s:O, s:I, s:o}", "id", (json_int_t)++orders->last, "customer", order->customer,
                               "total_cents", fault == FAULT_TOTAL ? total + 1 : total, "lines", lines);
    orders->orders[orders->last] = json_deep_copy(response->body);
    orders->connections[orders->last] = connection;
    if (fault == FAULT_LINE_LOST && order->count > 1) {
        json_array_remove(json_object_get(orders->orders[orders->last], "lines"), order->count - 1);
    } else if (fault == FAULT_CUSTOMER_TRIMMED) {
        json_object_set_new(orders->orders[orders->last], "customer", json_string("?"));
    }
}

static void place(struct wrong_catalog *catalog, const struct wrong_request *request, struct wrong_response *response)
{
    struct wrong_order order = {.count = 0};

    if (!wrong_catalog_is_json(catalog, request->content_type)) {
        wrong_catalog_problem(catalog, response, 415);
        return;
    }
    json_t *body =
        json_loadb(request->body, request->length, JSON_DECODE_ANY | JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, NULL);
    int status = 400;
    if (body != NULL && !read_order(catalog->fault, body, &order)) {
        status = 422;
    } else if (body != NULL && catalog->orders->last + 1 == ORDERS_MOST) {
        status = 503;
    } else if (body != NULL) {
        status = decide(catalog->fault, catalog->orders, &order);
    }
    if (status != 0) {
        wrong_catalog_problem(catalog, response, status);
    } else {
        store(catalog, &order, request->connection, response);
    }
    json_decref(body);
}

static void give(struct wrong_catalog *catalog, const struct wrong_request *request, struct wrong_response *response)
{
    const char *text = request->path + strlen("/orders/");
    char *end;
    uint64_t id = strtoull(text, &end, 10);
    struct wrong_orders *orders = catalog->orders;
    bool digits = strspn(text, "0123456789") == strlen(text) || catalog->fault == FAULT_LOOSE_ORDER_IDS;

    if (!digits || strlen(text) > 16 || id < 1 || id >= UINT64_C(1) << 53) {
        wrong_catalog_problem(catalog, response, 422);
    } else if (id > orders->last ||
               (catalog->fault == FAULT_ORDERS_OF_THE_CONNECTION && orders->connections[id] != request->connection)) {
        wrong_catalog_problem(catalog, response, catalog->fault == FAULT_MISSING_ORDER ? 410 : 404);
    } else {
        *response = (struct wrong_response){.status = 200, .body = json_deep_copy(orders->orders[id])};
    }
}

void wrong_orders_answer(struct wrong_catalog *catalog, const struct wrong_request *request,
                         struct wrong_response *response)
{
    if (catalog->fault == FAULT_NOTHING_BEHIND) {
        wrong_catalog_problem(catalog, response, 503);
    } else if (strcmp(request->path, "/orders") == 0) {
        place(catalog, request, response);
    } else {
        give(catalog, request, response);
    }
}
