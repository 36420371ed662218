#include "bench/dependency/audit.h"

#include "base/mem.h"
#include "bench/dependency/order_tables.h"

int audit_begin(struct audit *audit, struct dependencies *dependencies, const char *backend, unsigned trial,
                struct error *err)
{
    *audit = (struct audit){.dependencies = dependencies};
    audit->record.backend = mem_string(backend);
    audit->record.trial = trial;
    if ((dependencies->upstream != NULL && dependencies_count_calls(dependencies, &audit->upstream_before, err) != 0) ||
        (dependencies->database != NULL &&
         order_tables_count(dependencies->database, &audit->database_before, &audit->stock_before, err) != 0)) {
        audit_release(audit);
        return -1;
    }
    return 0;
}

void audit_add(struct audit *audit, const struct load_record *load)
{
    struct audit_record *record = &audit->record;

    if (record->counts == NULL) {
        record->counts = mem_new(load->request_count, sizeof *record->counts);
        record->count = load->request_count;
    }
    for (size_t i = 0; i < record->count; i++) {
        const struct request_record *request = &load->requests[i];
        struct audit_count *count = &record->counts[i];
        if (count->name == NULL) {
            count->name = mem_string(request->name);
        }
        count->sent += request->sent;
        count->good += request->good;
        count->late += request->late;
        count->wrong += request->wrong;
        count->lost += request->lost;
    }
}

static int read_upstream(struct audit *audit, struct error *err)
{
    struct upstream_audit now, *before = &audit->upstream_before;

    if (dependencies_count_calls(audit->dependencies, &now, err) != 0) {
        return -1;
    }
    audit->record.upstream = (struct upstream_audit){.counted = true,
                                                     .calls = now.calls - before->calls,
                                                     .failures = now.failures - before->failures};
    return 0;
}

static uint64_t grown(uint64_t from, uint64_t to)
{
    return to > from ? to - from : 0;
}

static int read_database(struct audit *audit, struct error *err)
{
    struct database_audit now, *before = &audit->database_before;
    uint64_t stock;

    if (order_tables_wait_until_idle(audit->dependencies->database, err) != 0 ||
        order_tables_count(audit->dependencies->database, &now, &stock, err) != 0) {
        return -1;
    }
    audit->record.database = (struct database_audit){
        .counted = true,
        .orders = grown(before->orders, now.orders),
        .lines = grown(before->lines, now.lines),
        .quantity = grown(before->quantity, now.quantity),
        .stock_taken = grown(stock, audit->stock_before),
        .wrong_orders = now.wrong_orders,
        .wrong_items = now.wrong_items,
    };
    return 0;
}

int audit_finish(struct audit *audit, struct error *err)
{
    int result = 0;

    if (audit->dependencies->upstream != NULL && read_upstream(audit, err) != 0) {
        result = -1;
    }
    if (audit->dependencies->database != NULL && read_database(audit, err) != 0) {
        result = -1;
    }
    return result;
}

void audit_release(struct audit *audit)
{
    audit_record_release(&audit->record);
}
