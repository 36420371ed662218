#include "bench/dependency/audit.h"

#include "base/mem.h"
#include "bench/dependency/sessions.h"
#include "bench/dependency/tables.h"
#include "bench/dependency/upstream_counts.h"

static int count_calls(const struct audit *audit, struct upstream_audit *ret_audit, struct error *err)
{
    struct upstream_counts counts;

    if (upstream_counts_read(audit->dependencies->upstream.client, &counts, err) != 0) {
        return -1;
    }
    *ret_audit = (struct upstream_audit){.counted = true, .calls = counts.calls, .failures = counts.failures};
    return 0;
}

int audit_begin(struct audit *audit, const struct dependencies *dependencies, const char *backend, unsigned trial,
                struct error *err)
{
    *audit = (struct audit){.dependencies = dependencies, .record = {.backend = mem_string(backend), .trial = trial}};
    if (dependencies_have_upstream(dependencies) && count_calls(audit, &audit->upstream_before, err) != 0) {
        goto failed;
    }
    if (dependencies_have_database(dependencies) &&
        tables_totals(dependencies->postgresql.database, audit->totals_before, err) != 0) {
        goto failed;
    }
    return 0;
failed:
    audit_release(audit);
    return -1;
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

    if (count_calls(audit, &now, err) != 0) {
        return -1;
    }
    audit->record.upstream = (struct upstream_audit){.counted = true,
                                                     .calls = now.calls - before->calls,
                                                     .failures = now.failures - before->failures};
    return 0;
}

static int read_database(struct audit *audit, struct error *err)
{
    struct database *database = audit->dependencies->postgresql.database;
    uint64_t totals[ORDER_AUDIT_TOTALS];

    if (sessions_wait_until_none(database, err) != 0 || tables_totals(database, totals, err) != 0) {
        return -1;
    }
    audit->record.database = order_audit_between(audit->totals_before, totals);
    return 0;
}

int audit_finish(struct audit *audit, struct error *err)
{
    int result = 0;

    if (dependencies_have_upstream(audit->dependencies) && read_upstream(audit, err) != 0) {
        result = -1;
    }
    if (dependencies_have_database(audit->dependencies) && read_database(audit, err) != 0) {
        result = -1;
    }
    return result;
}

void audit_release(struct audit *audit)
{
    audit_record_release(&audit->record);
}
