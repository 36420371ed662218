#include "record/load_record.h"

#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>

void load_record_init(struct load_record *record, size_t window_count)
{
    *record = (struct load_record){.window_count = window_count, .drained = true};
    histogram_init(&record->response, 3);
    histogram_init(&record->service, 3);
    histogram_init(&record->release_lag, 3);
    record->windows = mem_new(window_count, sizeof *record->windows);
    for (size_t i = 0; i < window_count; i++) {
        histogram_init(&record->windows[i].response, 2);
    }
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

void load_record_release(struct load_record *record)
{
    for (size_t i = 0; i < record->request_count; i++) {
        free(record->requests[i].name);
        histogram_release(&record->requests[i].response);
    }
    free(record->requests);
    for (size_t i = 0; i < record->window_count; i++) {
        histogram_release(&record->windows[i].response);
    }
    free(record->windows);
    histogram_release(&record->response);
    histogram_release(&record->service);
    histogram_release(&record->release_lag);
    *record = (struct load_record){0};
}

static void add_windows(struct load_record *into, const struct load_record *from)
{
    assert(into->window_count == from->window_count);
    for (size_t i = 0; i < from->window_count; i++) {
        tally_add(&into->windows[i].tally, &from->windows[i].tally);
        histogram_add(&into->windows[i].response, &from->windows[i].response);
        into->windows[i].in_flight += from->windows[i].in_flight;
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
        sum->sent += more->sent;
        sum->good += more->good;
        sum->late += more->late;
        sum->wrong += more->wrong;
        sum->lost += more->lost;
    }
}

void load_record_add(struct load_record *into, const struct load_record *from)
{
    if (into->threads == 0) {
        into->started_ns = from->started_ns;
        into->measured_ns = from->measured_ns;
        into->window_ns = from->window_ns;
    }
    tally_add(&into->tally, &from->tally);
    histogram_add(&into->response, &from->response);
    histogram_add(&into->service, &from->service);
    histogram_add(&into->release_lag, &from->release_lag);
    add_windows(into, from);
    add_requests(into, from);
    into->censored += from->censored;
    into->drain_ns = from->drain_ns > into->drain_ns ? from->drain_ns : into->drain_ns;
    into->drained = into->drained && from->drained;
    into->mean_in_flight += from->mean_in_flight;
    into->connections += from->connections;
    into->connections_opened += from->connections_opened;
    into->connections_missing += from->connections_missing;
    into->cpu_ns += from->cpu_ns;
    into->spin_ns += from->spin_ns;
    into->busiest_thread = from->busiest_thread > into->busiest_thread ? from->busiest_thread : into->busiest_thread;
    into->starved_thread = from->starved_thread > into->starved_thread ? from->starved_thread : into->starved_thread;
    into->threads += from->threads;
}
