#include "record/load_record.h"

#include "base/list.h"
#include "base/mem.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

static struct interval *new_intervals(size_t count)
{
    struct interval *intervals = mem_new(count, sizeof *intervals);

    for (size_t i = 0; i < count; i++) {
        histogram_init(&intervals[i].response, 2);
    }
    return intervals;
}

void load_record_init(struct load_record *record, size_t interval_count)
{
    *record = (struct load_record){.interval_count = interval_count, .drained = true};
    histogram_init(&record->response, 3);
    histogram_init(&record->service, 3);
    histogram_init(&record->send_lag, 3);
    record->intervals = new_intervals(interval_count);
}

void load_record_init_requests(struct load_record *record, size_t count)
{
    assert(record->request_count == 0);
    record->requests = mem_new(count, sizeof *record->requests);
    record->request_count = count;
    for (size_t i = 0; i < count; i++) {
        histogram_init(&record->requests[i].response, 2);
    }
}

void load_record_follow(struct load_record *record, size_t request)
{
    record->requests[request].intervals = new_intervals(record->interval_count);
}

static void drop_intervals(struct interval *intervals, size_t count)
{
    for (size_t i = 0; intervals != NULL && i < count; i++) {
        histogram_release(&intervals[i].response);
    }
}

void load_record_drop_histograms(struct load_record *record)
{
    for (size_t i = 0; i < record->request_count; i++) {
        histogram_release(&record->requests[i].response);
        drop_intervals(record->requests[i].intervals, record->interval_count);
    }
    drop_intervals(record->intervals, record->interval_count);
    histogram_release(&record->response);
    histogram_release(&record->service);
    histogram_release(&record->send_lag);
}

void load_record_release(struct load_record *record)
{
    load_record_drop_histograms(record);
    for (size_t i = 0; i < record->request_count; i++) {
        free(record->requests[i].name);
        free(record->requests[i].intervals);
    }
    free(record->requests);
    free(record->intervals);
    wrong_response_free(record->first_wrong);
    stall_list_release(&record->stalls);
    *record = (struct load_record){0};
}

static void add_intervals(struct interval *into, const struct interval *from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        tally_add(&into[i].tally, &from[i].tally);
        histogram_add(&into[i].response, &from[i].response);
        into[i].in_flight += from[i].in_flight;
    }
}

static void add_requests(struct load_record *into, const struct load_record *from)
{
    assert(into->request_count == from->request_count);
    for (size_t i = 0; i < from->request_count; i++) {
        struct request_record *sum = &into->requests[i];
        const struct request_record *more = &from->requests[i];
        tally_add(&sum->tally, &more->tally);
        histogram_add(&sum->response, &more->response);
        if (more->intervals != NULL) {
            add_intervals(sum->intervals, more->intervals, from->interval_count);
        }
        sum->sent += more->sent;
        sum->good += more->good;
        sum->late += more->late;
        sum->wrong += more->wrong;
        sum->lost += more->lost;
    }
}

static void add_first_wrong(struct load_record *into, const struct load_record *from)
{
    if (from->first_wrong != NULL &&
        (into->first_wrong == NULL || from->first_wrong->at_ns < into->first_wrong->at_ns)) {
        wrong_response_free(into->first_wrong);
        into->first_wrong = wrong_response_copy(from->first_wrong);
    }
}

/* The first thread's stalls are those of all so far. */
static void add_stalls(struct load_record *into, const struct load_record *from)
{
    if (into->threads > 0) {
        stall_list_meet(&into->stalls, &from->stalls);
        return;
    }
    for (size_t i = 0; i < from->stalls.count; i++) {
        *list_add(into->stalls.stalls, into->stalls.count) = from->stalls.stalls[i];
    }
}

static void add_statuses(struct load_record *into, const struct load_record *from)
{
    for (size_t i = 0; i < from->statuses.count; i++) {
        status_counts_add(&into->statuses, &from->statuses.counts[i]);
    }
    status_counts_sort(&into->statuses);
}

void load_record_add(struct load_record *into, const struct load_record *from)
{
    if (into->threads == 0) {
        into->started_ns = from->started_ns;
        into->measured_ns = from->measured_ns;
        into->interval_ns = from->interval_ns;
    }
    tally_add(&into->tally, &from->tally);
    histogram_add(&into->response, &from->response);
    histogram_add(&into->service, &from->service);
    histogram_add(&into->send_lag, &from->send_lag);
    assert(into->interval_count == from->interval_count);
    add_intervals(into->intervals, from->intervals, from->interval_count);
    add_requests(into, from);
    add_first_wrong(into, from);
    session_tally_add(&into->sessions, &from->sessions);
    slow_tally_add(&into->slow, &from->slow);
    add_statuses(into, from);
    add_stalls(into, from);
    into->detailed = from->detailed && (into->threads == 0 || into->detailed);
    into->censored += from->censored;
    if (from->drain_ns > into->drain_ns) {
        into->drain_ns = from->drain_ns;
    }
    into->drained = into->drained && from->drained;
    into->mean_in_flight += from->mean_in_flight;
    into->carried_in_flight += from->carried_in_flight;
    into->held_at_end += from->held_at_end;
    into->connections += from->connections;
    into->connections_opened += from->connections_opened;
    into->connections_missing += from->connections_missing;
    into->connections_denied += from->connections_denied;
    into->cpu_ns += from->cpu_ns;
    into->spin_ns += from->spin_ns;
    into->busiest_thread = fmax(into->busiest_thread, from->busiest_thread);
    into->starved_thread = fmax(into->starved_thread, from->starved_thread);
    into->stood_still = fmax(into->stood_still, from->stood_still);
    into->wall_stepped_ns =
        from->wall_stepped_ns > into->wall_stepped_ns ? from->wall_stepped_ns : into->wall_stepped_ns;
    into->threads += from->threads;
}
