#include "load/recorder.h"

#include "base/mem.h"

#include <stdlib.h>

/* A request that left so late although a connection was free waited for this thread, which may have kept responses
 * waiting as well. */
#define ASLEEP_NS (STALL_LEAST_NS / 2)

void recorder_init(struct recorder *recorder, const struct planned_step *step, uint64_t start_ns, uint64_t deadline_ns,
                   size_t request_count)
{
    uint64_t measure_ns = start_ns + step->warmup_ns;

    *recorder = (struct recorder){
        .measure_ns = measure_ns,
        .end_ns = measure_ns + step->measure_ns,
        .deadline_ns = deadline_ns,
        .changed_ns = start_ns,
    };
    load_record_init(&recorder->record, step->interval_count);
    load_record_init_requests(&recorder->record, request_count);
    recorder->record.started_ns = measure_ns;
    recorder->record.measured_ns = step->measure_ns;
    recorder->record.interval_ns = step->measure_ns / step->interval_count;
    recorder->record.threads = 1;
    recorder->record.detailed = true;
    silence_init(&recorder->silence, measure_ns, recorder->end_ns);
    recorder->resolved = mem_new(step->interval_count, sizeof *recorder->resolved);
}

int32_t recorder_interval(const struct recorder *recorder, uint64_t due_ns)
{
    if (due_ns < recorder->measure_ns) {
        return -1;
    }
    uint64_t interval = (due_ns - recorder->measure_ns) / recorder->record.interval_ns;
    uint64_t last = recorder->record.interval_count - 1; /* it takes what the division by intervals left over */
    return (int32_t)(interval < last ? interval : last);
}

/* `change` requests more are in flight from `now_ns` on. */
static void change_flight(struct recorder *recorder, uint64_t now_ns, int64_t change)
{
    uint64_t from = recorder->changed_ns > recorder->measure_ns ? recorder->changed_ns : recorder->measure_ns;
    uint64_t to = now_ns < recorder->end_ns ? now_ns : recorder->end_ns;

    if (to > from) {
        recorder->flight_ns += (double)recorder->in_flight * (double)(to - from);
    }
    recorder->changed_ns = now_ns;
    recorder->in_flight += (uint64_t)change;
}

static struct interval *interval_of(struct recorder *recorder, const struct flight *flight)
{
    if (flight->interval < 0) {
        return NULL;
    }
    return &recorder->record.intervals[flight->interval];
}

static struct request_record *request_of(struct recorder *recorder, const struct flight *flight)
{
    return &recorder->record.requests[flight->request];
}

/* It ended without a right response in time. */
static void count_failure(struct recorder *recorder, const struct flight *flight, enum failure failure)
{
    interval_of(recorder, flight)->tally.failures[failure]++;
    request_of(recorder, flight)->tally.failures[failure]++;
}

static void offered(struct recorder *recorder, struct interval *interval)
{
    if (interval == NULL) {
        recorder->offered_before++;
    } else {
        interval->tally.offered++;
    }
}

static void resolved(struct recorder *recorder, uint64_t now_ns)
{
    if (now_ns < recorder->measure_ns) {
        recorder->resolved_before++;
    } else if (now_ns < recorder->end_ns) {
        recorder->resolved[recorder_interval(recorder, now_ns)]++;
    }
}

static void record_response_time(struct recorder *recorder, const struct flight *flight, uint64_t response_ns)
{
    histogram_record(&recorder->record.response, response_ns);
    histogram_record(&interval_of(recorder, flight)->response, response_ns);
}

void recorder_sent(struct recorder *recorder, const struct flight *flight, bool punctual)
{
    struct interval *interval = interval_of(recorder, flight);
    struct request_record *request = request_of(recorder, flight);

    offered(recorder, interval);
    if (recorder->in_flight == 0) {
        silence_wait(&recorder->silence, flight->sent_ns);
    }
    change_flight(recorder, flight->sent_ns, +1);
    if (punctual && flight->sent_ns - flight->due_ns >= ASLEEP_NS) {
        silence_excuse(&recorder->silence, flight->due_ns, flight->sent_ns);
    }
    request->sent++;
    if (interval != NULL) {
        interval->tally.sent++;
        request->tally.offered++;
        request->tally.sent++;
        if (punctual) {
            histogram_record(&recorder->record.send_lag, flight->sent_ns - flight->due_ns);
        }
    }
}

void recorder_carry(struct recorder *recorder, struct flight *flight)
{
    flight->interval = 0;
    recorder->offered_before--;
    recorder->record.intervals[0].tally.offered++;
    recorder->record.intervals[0].tally.sent++;
    request_of(recorder, flight)->tally.offered++;
    request_of(recorder, flight)->tally.sent++;
}

/* What the response was, whether or not anything else of it counts. */
static void count_response(struct recorder *recorder, const struct flight *flight, bool in_time, enum failure failure)
{
    struct request_record *request = request_of(recorder, flight);

    if (failure != FAILURE_NONE) {
        request->wrong++;
    } else if (in_time) {
        request->good++;
    } else {
        request->late++;
    }
}

void recorder_responded(struct recorder *recorder, const struct flight *flight, uint64_t now_ns, enum failure failure)
{
    struct interval *interval = interval_of(recorder, flight);
    struct request_record *request = request_of(recorder, flight);
    uint64_t response_ns = now_ns - flight->due_ns;
    bool in_time = response_ns <= recorder->deadline_ns;

    change_flight(recorder, now_ns, -1);
    silence_end(&recorder->silence, now_ns, recorder->in_flight);
    resolved(recorder, now_ns);
    count_response(recorder, flight, in_time, failure);
    if (interval == NULL) {
        return;
    }
    interval->tally.completed++;
    request->tally.completed++;
    record_response_time(recorder, flight, response_ns);
    histogram_record(&request->response, response_ns);
    histogram_record(&recorder->record.service, now_ns - flight->sent_ns);
    if (failure != FAILURE_NONE) {
        count_failure(recorder, flight, failure);
    } else if (in_time) {
        interval->tally.good++;
        request->tally.good++;
    } else {
        count_failure(recorder, flight, FAILURE_TIMEOUT);
    }
}

void recorder_wrong_status(struct recorder *recorder, const struct flight *flight, uint64_t now_ns, unsigned status)
{
    if (flight->interval >= 0) {
        status_counts_add(&recorder->record.statuses, &(struct status_count){status, 1, now_ns - flight->due_ns});
    }
}

void recorder_responded_late(struct recorder *recorder, const struct flight *flight, enum failure failure)
{
    request_of(recorder, flight)->lost--;
    count_response(recorder, flight, false, failure);
}

void recorder_failed(struct recorder *recorder, const struct flight *flight, uint64_t now_ns, enum failure failure)
{
    change_flight(recorder, now_ns, -1);
    silence_end(&recorder->silence, now_ns, recorder->in_flight);
    resolved(recorder, now_ns);
    request_of(recorder, flight)->lost++;
    if (flight->interval >= 0) {
        count_failure(recorder, flight, failure);
    }
}

void recorder_unconnected(struct recorder *recorder, const struct flight *flight, uint64_t now_ns, enum failure failure)
{
    struct request_record *request = request_of(recorder, flight);

    recorder_failed(recorder, flight, now_ns, failure);
    request->sent--;
    request->lost--;
    if (flight->interval < 0) {
        return;
    }
    interval_of(recorder, flight)->tally.sent--;
    request->tally.sent--;
    if (failure == FAILURE_UNSENT) {
        record_response_time(recorder, flight, now_ns - flight->due_ns);
        recorder->record.censored++;
    }
}

void recorder_connect_failed(struct recorder *recorder, const struct flight *flight, uint64_t now_ns)
{
    struct interval *interval = interval_of(recorder, flight);

    offered(recorder, interval);
    resolved(recorder, now_ns);
    if (interval != NULL) {
        interval->tally.failures[FAILURE_CONNECT]++;
    }
}

static void censor(struct recorder *recorder, const struct flight *flight, uint64_t now_ns, enum failure failure)
{
    struct interval *interval = interval_of(recorder, flight);

    resolved(recorder, now_ns); /* counts only where a step is ended early */
    if (interval != NULL) {
        record_response_time(recorder, flight, now_ns - flight->due_ns);
        recorder->record.censored++;
        interval->tally.failures[failure]++;
    }
}

void recorder_unanswered(struct recorder *recorder, const struct flight *flight, uint64_t now_ns)
{
    struct request_record *request = request_of(recorder, flight);

    change_flight(recorder, now_ns, -1);
    censor(recorder, flight, now_ns, FAILURE_UNANSWERED);
    request->lost++;
    if (flight->interval >= 0) {
        request->tally.failures[FAILURE_UNANSWERED]++;
        histogram_record(&request->response, now_ns - flight->due_ns);
    }
}

void recorder_unsent(struct recorder *recorder, const struct flight *flight, uint64_t now_ns)
{
    offered(recorder, interval_of(recorder, flight));
    censor(recorder, flight, now_ns, FAILURE_UNSENT);
}

void recorder_cut(struct recorder *recorder, uint64_t now_ns)
{
    recorder->record.measured_ns = 0;
    if (now_ns > recorder->measure_ns) {
        recorder->record.measured_ns = now_ns - recorder->measure_ns;
    }
}

static void complete(struct recorder *recorder)
{
    struct load_record *record = &recorder->record;
    uint64_t pending = recorder->offered_before - recorder->resolved_before;

    change_flight(recorder, recorder->end_ns, 0);
    if (record->measured_ns > 0) {
        record->mean_in_flight = recorder->flight_ns / (double)record->measured_ns;
    }
    for (size_t i = 0; i < record->interval_count; i++) {
        struct interval *interval = &record->intervals[i];
        tally_add(&record->tally, &interval->tally);
        pending += interval->tally.offered;
        pending -= recorder->resolved[i];
        interval->in_flight = pending;
    }
}

void recorder_take(struct recorder *recorder, struct load_record *ret_record)
{
    complete(recorder);
    silence_take(&recorder->silence, recorder->measure_ns + recorder->record.measured_ns, &recorder->record.stalls);
    *ret_record = recorder->record;
    free(recorder->resolved);
    *recorder = (struct recorder){0};
}
