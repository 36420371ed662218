#include "load/recorder/recorder.h"

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
    };
    flights_init(&recorder->flights, start_ns, measure_ns, recorder->end_ns);
    load_record_init(&recorder->record, step->interval_count);
    load_record_init_requests(&recorder->record, request_count);
    recorder->record.started_ns = measure_ns;
    recorder->record.measured_ns = step->measure_ns;
    recorder->record.interval_ns = step->measure_ns / step->interval_count;
    recorder->record.threads = 1;
    recorder->record.detailed = true;
    silence_init(&recorder->silence, measure_ns, recorder->end_ns);
    recorder->resolved = mem_new(step->interval_count, sizeof *recorder->resolved);
    recorder->followed = mem_new(request_count, sizeof *recorder->followed);
}

void recorder_follow(struct recorder *recorder, size_t request)
{
    load_record_follow(&recorder->record, request);
    recorder->follows = true;
    recorder->followed[request].resolved =
        mem_new(recorder->record.interval_count, sizeof *recorder->followed[request].resolved);
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

/* A request that was sent is on the wire no more. */
static void leave_wire(struct recorder *recorder, const struct flight *flight, uint64_t now_ns)
{
    flights_remove(&recorder->flights, now_ns, flight->sent_ns, flight->interval < 0);
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

/* The interval among those of its own request; NULL: the request is not followed, or this is the warm-up. */
static struct interval *own_interval_of(struct recorder *recorder, const struct flight *flight)
{
    if (!recorder->follows || flight->interval < 0) {
        return NULL;
    }
    struct interval *intervals = request_of(recorder, flight)->intervals;
    return intervals != NULL ? &intervals[flight->interval] : NULL;
}

/* The same of a request whose failure the whole step has counted already. */
static void count_own_failure(struct recorder *recorder, const struct flight *flight, enum failure failure)
{
    struct interval *own = own_interval_of(recorder, flight);

    request_of(recorder, flight)->tally.failures[failure]++;
    if (own != NULL) {
        own->tally.failures[failure]++;
    }
}

/* It ended without a right response in time. */
static void count_failure(struct recorder *recorder, const struct flight *flight, enum failure failure)
{
    interval_of(recorder, flight)->tally.failures[failure]++;
    count_own_failure(recorder, flight, failure);
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

/* The same of a request that was sent, which is one of its class. */
static void sent_resolved(struct recorder *recorder, const struct flight *flight, uint64_t now_ns)
{
    resolved(recorder, now_ns);
    if (!recorder->follows || recorder->followed[flight->request].resolved == NULL) {
        return;
    }
    struct followed *followed = &recorder->followed[flight->request];
    if (now_ns < recorder->measure_ns) {
        followed->resolved_before++;
    } else if (now_ns < recorder->end_ns) {
        followed->resolved[recorder_interval(recorder, now_ns)]++;
    }
}

static void record_response_time(struct recorder *recorder, const struct flight *flight, uint64_t response_ns)
{
    histogram_record(&recorder->record.response, response_ns);
    histogram_record(&interval_of(recorder, flight)->response, response_ns);
}

static void record_own_response_time(struct recorder *recorder, const struct flight *flight, uint64_t response_ns)
{
    struct interval *own = own_interval_of(recorder, flight);

    histogram_record(&request_of(recorder, flight)->response, response_ns);
    if (own != NULL) {
        histogram_record(&own->response, response_ns);
    }
}

static void count_own_sent(struct recorder *recorder, const struct flight *flight)
{
    struct interval *own = own_interval_of(recorder, flight);

    if (own != NULL) {
        own->tally.offered++;
        own->tally.sent++;
    } else if (flight->interval < 0) {
        recorder->followed[flight->request].offered_before++;
    }
}

void recorder_sent(struct recorder *recorder, const struct flight *flight, bool punctual)
{
    struct interval *interval = interval_of(recorder, flight);
    struct request_record *request = request_of(recorder, flight);

    offered(recorder, interval);
    if (recorder->flights.count == 0) {
        silence_wait(&recorder->silence, flight->sent_ns);
    }
    flights_add(&recorder->flights, flight->sent_ns);
    if (punctual && flight->sent_ns - flight->due_ns >= ASLEEP_NS) {
        silence_excuse(&recorder->silence, flight->due_ns, flight->sent_ns);
    }
    request->sent++;
    if (recorder->follows) {
        count_own_sent(recorder, flight);
    }
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
    if (recorder->follows) {
        recorder->followed[flight->request].offered_before--;
        count_own_sent(recorder, flight);
    }
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
    struct interval *interval = interval_of(recorder, flight), *own = own_interval_of(recorder, flight);
    struct request_record *request = request_of(recorder, flight);
    uint64_t response_ns = now_ns - flight->due_ns;
    bool in_time = response_ns <= recorder->deadline_ns;

    leave_wire(recorder, flight, now_ns);
    silence_end(&recorder->silence, now_ns, recorder->flights.count);
    sent_resolved(recorder, flight, now_ns);
    count_response(recorder, flight, in_time, failure);
    if (interval == NULL) {
        return;
    }
    interval->tally.completed++;
    request->tally.completed++;
    record_response_time(recorder, flight, response_ns);
    record_own_response_time(recorder, flight, response_ns);
    histogram_record(&recorder->record.service, now_ns - flight->sent_ns);
    if (own != NULL) {
        own->tally.completed++;
        own->tally.good += failure == FAILURE_NONE && in_time;
    }
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
    leave_wire(recorder, flight, now_ns);
    silence_end(&recorder->silence, now_ns, recorder->flights.count);
    sent_resolved(recorder, flight, now_ns);
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
    struct interval *own = own_interval_of(recorder, flight);
    interval_of(recorder, flight)->tally.sent--;
    request->tally.sent--;
    if (own != NULL) {
        own->tally.sent--;
    }
    if (failure == FAILURE_UNSENT) {
        record_response_time(recorder, flight, now_ns - flight->due_ns);
        recorder->record.censored++;
    }
}

void recorder_connect_failed(struct recorder *recorder, const struct flight *flight, uint64_t now_ns)
{
    offered(recorder, interval_of(recorder, flight));
    resolved(recorder, now_ns);
    if (flight->interval >= 0) {
        interval_of(recorder, flight)->tally.failures[FAILURE_CONNECT]++;
    }
}

static void censor(struct recorder *recorder, const struct flight *flight, uint64_t age_ns, enum failure failure)
{
    struct interval *interval = interval_of(recorder, flight);

    if (interval != NULL) {
        record_response_time(recorder, flight, age_ns);
        recorder->record.censored++;
        interval->tally.failures[failure]++;
    }
}

void recorder_unanswered(struct recorder *recorder, const struct flight *flight, uint64_t now_ns)
{
    struct request_record *request = request_of(recorder, flight);

    leave_wire(recorder, flight, now_ns);
    sent_resolved(recorder, flight, now_ns); /* counts only where a step is ended early */
    censor(recorder, flight, now_ns - flight->due_ns, FAILURE_UNANSWERED);
    request->lost++;
    if (flight->interval >= 0) {
        count_own_failure(recorder, flight, FAILURE_UNANSWERED);
        record_own_response_time(recorder, flight, now_ns - flight->due_ns);
    }
}

void recorder_unsent(struct recorder *recorder, const struct flight *flight, uint64_t now_ns)
{
    offered(recorder, interval_of(recorder, flight));
    resolved(recorder, now_ns); /* as above */
    censor(recorder, flight, now_ns - flight->due_ns, FAILURE_UNSENT);
}

void recorder_no_room(struct recorder *recorder, const struct flight *flight, uint64_t now_ns)
{
    offered(recorder, interval_of(recorder, flight));
    resolved(recorder, now_ns);
    censor(recorder, flight, recorder->deadline_ns, FAILURE_UNSENT);
}

void recorder_cut(struct recorder *recorder, uint64_t now_ns)
{
    recorder->record.measured_ns = now_ns > recorder->measure_ns ? now_ns - recorder->measure_ns : 0;
}

static void complete_followed(struct recorder *recorder, size_t index)
{
    const struct followed *followed = &recorder->followed[index];
    uint64_t pending = followed->offered_before - followed->resolved_before;

    for (size_t i = 0; followed->resolved != NULL && i < recorder->record.interval_count; i++) {
        struct interval *interval = &recorder->record.requests[index].intervals[i];
        pending += interval->tally.offered;
        pending -= followed->resolved[i];
        interval->in_flight = pending;
    }
}

static void complete(struct recorder *recorder)
{
    struct load_record *record = &recorder->record;
    uint64_t pending = recorder->offered_before - recorder->resolved_before;

    flights_complete(&recorder->flights);
    record->held_at_end = recorder->flights.at_end;
    if (record->measured_ns > 0) {
        record->mean_in_flight = recorder->flights.total_ns / (double)record->measured_ns;
        record->carried_in_flight = recorder->flights.carried_ns / (double)record->measured_ns;
    }
    for (size_t i = 0; i < record->interval_count; i++) {
        struct interval *interval = &record->intervals[i];
        tally_add(&record->tally, &interval->tally);
        pending += interval->tally.offered;
        pending -= recorder->resolved[i];
        interval->in_flight = pending;
    }
    for (size_t i = 0; i < record->request_count; i++) {
        complete_followed(recorder, i);
        free(recorder->followed[i].resolved);
    }
}

void recorder_take(struct recorder *recorder, struct load_record *ret_record)
{
    complete(recorder);
    silence_take(&recorder->silence, recorder->measure_ns + recorder->record.measured_ns, &recorder->record.stalls);
    *ret_record = recorder->record;
    free(recorder->resolved);
    free(recorder->followed);
    *recorder = (struct recorder){0};
}
