/* wrong_orders: the orders of the wrong service, with the stock of a database of its own. */
#ifndef TWOFOLD_TESTS_SUPPORT_WRONG_ORDERS_H
#define TWOFOLD_TESTS_SUPPORT_WRONG_ORDERS_H

#include "wrong_catalog.h"

struct wrong_orders;

struct wrong_orders *wrong_orders_new(void);
void wrong_orders_free(struct wrong_orders *orders);
void wrong_orders_answer(struct wrong_catalog *catalog, const struct wrong_request *request,
                         struct wrong_response *response);

#endif
