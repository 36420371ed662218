#include "bench/dependency/tables.h"

#include "base/text.h"
#include "contract/orders/order_sql.h"

#include <stdlib.h>

static int check_foreign(struct database *database, struct error *err)
{
    char *names;
    int result = 0;

    if (database_text(database, order_sql_foreign(), &names, err) != 0) {
        return -1;
    }
    if (names[0] != '\0') {
        result = error_failed(err,
                              "the database of DATABASE_URL has tables that this harness did not make: %s; they are "
                              "left alone. Give it a database without tables of these names",
                              names);
    }
    free(names);
    return result;
}

int tables_make(struct database *database, unsigned orders, struct error *err)
{
    struct text sql = {0};

    if (check_foreign(database, err) != 0) {
        return -1;
    }
    order_sql_make(orders, &sql);
    int result = database_run(database, sql.data, err);
    text_release(&sql);
    if (result == 0) {
        result = database_run(database, order_sql_vacuum(), err);
    }
    return result;
}

int tables_totals(struct database *database, uint64_t ret_totals[ORDER_AUDIT_TOTALS], struct error *err)
{
    return database_counts(database, order_sql_totals(), ret_totals, ORDER_AUDIT_TOTALS, err);
}
