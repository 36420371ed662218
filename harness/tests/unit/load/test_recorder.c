#include "load/recorder/recorder.h"

#include "base/mem.h"
#include "base/random.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

static const struct planned_step step = {.warmup_ns = 500, .measure_ns = 1003, .interval_count = 10};

enum { START = 1000000, MEASURE = START + 500, END = MEASURE + 1003, INTERVAL = 100, DEADLINE = 300 };

static void check_totals(const struct load_record *record)
{
    const struct tally *tally = &record->tally;
    const uint64_t *failures = tally->failures;

    assert_int_equal(tally->offered, tally->good + tally_failed(tally));
    assert_int_equal(tally->offered, tally->sent + failures[FAILURE_CONNECT] + failures[FAILURE_UNSENT]);
    assert_int_equal(tally->completed,
                     tally->good + failures[FAILURE_TIMEOUT] + failures[FAILURE_STATUS] + failures[FAILURE_BODY]);
    assert_int_equal(record->censored, failures[FAILURE_UNANSWERED] + failures[FAILURE_UNSENT]);
    assert_int_equal(record->response.total, tally->completed + record->censored);
    assert_int_equal(record->service.total, tally->completed);
}

TEST(intervals_split_the_measured_time_and_the_last_takes_the_rest)
{
    struct recorder recorder;
    struct load_record record;

    recorder_init(&recorder, &step, START, DEADLINE, 1);
    assert_int_equal(recorder_interval(&recorder, START), -1);
    assert_int_equal(recorder_interval(&recorder, MEASURE - 1), -1);
    assert_int_equal(recorder_interval(&recorder, MEASURE), 0);
    assert_int_equal(recorder_interval(&recorder, MEASURE + 99), 0);
    assert_int_equal(recorder_interval(&recorder, MEASURE + 100), 1);
    assert_int_equal(recorder_interval(&recorder, MEASURE + 999), 9);
    assert_int_equal(recorder_interval(&recorder, END - 1), 9);
    recorder_take(&recorder, &record);
    assert_int_equal(record.started_ns, MEASURE);
    assert_int_equal(record.measured_ns, 1003);
    assert_int_equal(record.interval_ns, INTERVAL);
    load_record_release(&record);
}

/* Send at `sent_ns` what was due at `due_ns`. */
static struct flight send_of(struct recorder *recorder, unsigned class, uint64_t due_ns, uint64_t sent_ns)
{
    struct flight flight = {.due_ns = due_ns,
                            .sent_ns = sent_ns,
                            .interval = recorder_interval(recorder, due_ns),
                            .request = class};
    recorder_sent(recorder, &flight, true);
    return flight;
}

static struct flight send(struct recorder *recorder, uint64_t due_ns, uint64_t sent_ns)
{
    return send_of(recorder, 0, due_ns, sent_ns);
}

TEST(a_request_belongs_to_the_moment_it_was_due)
{
    struct recorder recorder;
    struct load_record record;

    recorder_init(&recorder, &step, START, DEADLINE, 1);
    struct flight before = send(&recorder, MEASURE - 1, MEASURE + 5);
    struct flight first = send(&recorder, MEASURE + 10, MEASURE + 150);
    recorder_responded(&recorder, &before, MEASURE + 160, FAILURE_NONE);
    recorder_responded(&recorder, &first, MEASURE + 250, FAILURE_NONE);
    recorder_take(&recorder, &record);
    assert_int_equal(record.tally.offered, 1);
    assert_int_equal(record.intervals[0].tally.offered, 1);
    assert_int_equal(record.intervals[0].tally.good, 1);
    assert_int_equal(record.intervals[0].response.total, 1);
    assert_int_equal(record.response.min, 240);
    assert_int_equal(record.service.min, 100);
    assert_int_equal(record.send_lag.max, 140);
    check_totals(&record);
    load_record_release(&record);
}

TEST(a_late_response_is_a_timeout_and_its_time_counts)
{
    struct recorder recorder;
    struct load_record record;

    recorder_init(&recorder, &step, START, DEADLINE, 1);
    struct flight just = send(&recorder, MEASURE, MEASURE + 200), late = send(&recorder, MEASURE, MEASURE + 200);
    struct flight wrong = send(&recorder, MEASURE, MEASURE + 200);
    recorder_responded(&recorder, &just, MEASURE + 300, FAILURE_NONE);
    recorder_responded(&recorder, &late, MEASURE + 301, FAILURE_NONE); /* sent late: only a third of it was service */
    recorder_responded(&recorder, &wrong, MEASURE + 900, FAILURE_STATUS);
    recorder_take(&recorder, &record);
    assert_int_equal(record.tally.good, 1);
    assert_int_equal(record.tally.completed, 3);
    assert_int_equal(record.tally.failures[FAILURE_TIMEOUT], 1);
    assert_int_equal(record.tally.failures[FAILURE_STATUS], 1);
    assert_int_equal(record.response.total, 3);
    assert_int_equal(record.response.max, 900);
    assert_int_equal(record.service.total, 3);
    check_totals(&record);
    load_record_release(&record);
}

TEST(what_is_open_at_the_end_is_at_least_so_old)
{
    struct recorder recorder;
    struct load_record record;
    uint64_t close_ns = END + 300;

    recorder_init(&recorder, &step, START, DEADLINE, 1);
    struct flight flight = send(&recorder, MEASURE + 3, MEASURE + 3);
    struct flight before = send(&recorder, MEASURE - 3, MEASURE + 3);
    struct flight unsent = {.due_ns = MEASURE + 103, .interval = recorder_interval(&recorder, MEASURE + 103)};
    recorder_unanswered(&recorder, &flight, close_ns);
    recorder_unanswered(&recorder, &before, close_ns);
    recorder_unsent(&recorder, &unsent, close_ns);
    assert_int_equal(recorder.flights.count, 0);
    recorder_take(&recorder, &record);
    assert_int_equal(record.tally.offered, 2);
    assert_int_equal(record.tally.sent, 1);
    assert_int_equal(record.tally.completed, 0);
    assert_int_equal(record.tally.failures[FAILURE_UNANSWERED], 1);
    assert_int_equal(record.tally.failures[FAILURE_UNSENT], 1);
    assert_int_equal(record.censored, 2);
    assert_int_equal(record.response.max, 1300);
    assert_int_equal(record.response.min, 1200);
    assert_int_equal(record.intervals[9].in_flight, 3);
    check_totals(&record);
    load_record_release(&record);
}

TEST(a_lag_that_is_not_ours_is_not_counted)
{
    struct recorder recorder;
    struct load_record record;
    struct flight flight = {.due_ns = MEASURE, .sent_ns = MEASURE + 77, .interval = 0};

    recorder_init(&recorder, &step, START, DEADLINE, 1);
    recorder_sent(&recorder, &flight, false);
    recorder_failed(&recorder, &flight, MEASURE + 80, FAILURE_RESET);
    recorder_take(&recorder, &record);
    assert_int_equal(record.send_lag.total, 0);
    assert_int_equal(record.tally.failures[FAILURE_RESET], 1);
    assert_int_equal(record.response.total, 0);
    check_totals(&record);
    load_record_release(&record);
}

/* A step ended early: what was given up is in flight no more. */
TEST(what_is_given_up_early_is_not_in_flight_afterwards)
{
    struct recorder recorder;
    struct load_record record;

    recorder_init(&recorder, &step, START, DEADLINE, 1);
    struct flight flight = send(&recorder, MEASURE + 3, MEASURE + 3);
    struct flight unsent = {.due_ns = MEASURE + 4, .interval = recorder_interval(&recorder, MEASURE + 4)};
    recorder_unanswered(&recorder, &flight, MEASURE + 250);
    recorder_unsent(&recorder, &unsent, MEASURE + 250);
    recorder_take(&recorder, &record);
    assert_int_equal(record.intervals[1].in_flight, 2);
    assert_int_equal(record.intervals[2].in_flight, 0);
    assert_int_equal(record.intervals[9].in_flight, 0);
    load_record_release(&record);
}

/* --- random requests against a count by hand --------------------------------------------------------------------- */

enum fate { RESPONDED, FAILED, UNCONNECTED, UNANSWERED, UNSENT, FATES };

struct request {
    uint64_t due_ns, sent_ns, resolved_ns;
    enum fate fate;
    enum failure failure;
    unsigned class;
    struct flight flight;
};

struct event {
    uint64_t at_ns;
    struct request *request;
    bool resolves;
};

static int compare(const void *a, const void *b)
{
    const struct event *left = a, *right = b;
    if (left->at_ns != right->at_ns) {
        return left->at_ns < right->at_ns ? -1 : 1;
    }
    return (int)left->resolves - (int)right->resolves; /* a request is sent before it can end */
}

static struct request random_request(struct random *random)
{
    static const enum failure responses[] = {FAILURE_NONE, FAILURE_NONE, FAILURE_STATUS, FAILURE_BODY};
    static const enum failure ends[] = {FAILURE_RESET, FAILURE_PROTOCOL};
    uint64_t close_ns = END + DEADLINE;
    struct request request = {.due_ns = START + random_below(random, END - START),
                              .fate = (enum fate)random_below(random, FATES)};

    request.sent_ns = request.due_ns + random_below(random, 200);
    request.resolved_ns = request.sent_ns + random_below(random, 500);
    if (request.resolved_ns > close_ns && request.fate < UNANSWERED) {
        request.resolved_ns = close_ns;
    }
    if (request.fate >= UNANSWERED) {
        request.resolved_ns = close_ns;
    }
    request.class = (unsigned)random_below(random, 2);
    request.failure = request.fate == RESPONDED ? responses[random_below(random, 4)] : ends[random_below(random, 2)];
    return request;
}

static void play(struct recorder *recorder, const struct event *event)
{
    struct request *request = event->request;
    struct flight *flight = &request->flight;

    if (!event->resolves) {
        *flight = send_of(recorder, request->class, request->due_ns, request->sent_ns);
        return;
    }
    switch (request->fate) {
    case RESPONDED:
        recorder_responded(recorder, flight, event->at_ns, request->failure);
        break;
    case FAILED:
        recorder_failed(recorder, flight, event->at_ns, request->failure);
        break;
    case UNANSWERED:
        recorder_unanswered(recorder, flight, event->at_ns);
        break;
    case UNCONNECTED:
    case UNSENT:
    default:
        *flight = (struct flight){.due_ns = request->due_ns, .interval = recorder_interval(recorder, request->due_ns)};
        if (request->fate == UNCONNECTED) {
            recorder_connect_failed(recorder, flight, event->at_ns);
        } else {
            recorder_unsent(recorder, flight, event->at_ns);
        }
        break;
    }
}

static void play_all(struct recorder *recorder, struct request *requests, size_t count)
{
    struct event *events = mem_new(2 * count, sizeof *events);
    size_t event_count = 0;

    for (size_t i = 0; i < count; i++) {
        struct request *request = &requests[i];
        if (request->fate != UNCONNECTED && request->fate != UNSENT) {
            events[event_count++] = (struct event){request->sent_ns, request, false};
        }
        events[event_count++] = (struct event){request->resolved_ns, request, true};
    }
    qsort(events, event_count, sizeof *events, compare);
    for (size_t i = 0; i < event_count; i++) {
        play(recorder, &events[i]);
    }
    free(events);
}

/* Request by request, without any of the recorder's bookkeeping. */
static void check_by_hand(const struct load_record *record, const struct request *requests, size_t count)
{
    uint64_t offered[10] = {0}, open[10] = {0}, good = 0, late = 0, held = 0;
    double integral = 0, carried = 0;

    for (size_t i = 0; i < count; i++) {
        const struct request *request = &requests[i];
        bool on_wire = request->fate != UNCONNECTED && request->fate != UNSENT;
        uint64_t from = request->sent_ns > MEASURE ? request->sent_ns : MEASURE;
        uint64_t to = request->resolved_ns < END ? request->resolved_ns : END;
        double overlap = on_wire && to > from ? (double)(to - from) : 0;
        integral += overlap;
        carried += request->due_ns < MEASURE ? overlap : 0;
        held += on_wire && request->sent_ns < END && request->resolved_ns >= END;
        for (size_t w = 0; w < 10; w++) {
            uint64_t start_ns = MEASURE + w * INTERVAL, end_ns = w == 9 ? END : start_ns + INTERVAL;
            offered[w] += request->due_ns >= start_ns && request->due_ns < end_ns;
            open[w] += request->due_ns < end_ns && request->resolved_ns >= end_ns;
        }
        bool right = request->fate == RESPONDED && request->failure == FAILURE_NONE && request->due_ns >= MEASURE;
        bool in_time = request->resolved_ns - request->due_ns <= DEADLINE;
        good += right && in_time;
        late += right && !in_time;
    }
    for (size_t w = 0; w < 10; w++) {
        assert_int_equal(record->intervals[w].tally.offered, offered[w]);
        assert_int_equal(record->intervals[w].in_flight, open[w]);
    }
    assert_true(fabs(record->mean_in_flight - integral / 1003) < 1e-6 * (integral / 1003 + 1));
    assert_true(fabs(record->carried_in_flight - carried / 1003) < 1e-6 * (carried / 1003 + 1));
    assert_int_equal(record->held_at_end, held);
    assert_int_equal(record->tally.good, good);
    assert_int_equal(record->tally.failures[FAILURE_TIMEOUT], late);
}

/* The intervals of the second class, which is followed: of what was sent, since what was not has no class. */
static void check_followed(const struct load_record *record, const struct request *requests, size_t count)
{
    const struct request_record *followed = &record->requests[1];
    struct tally sum = {0};
    uint64_t times = 0;

    for (size_t w = 0; w < 10; w++) {
        uint64_t start_ns = MEASURE + w * INTERVAL, end_ns = w == 9 ? END : start_ns + INTERVAL;
        uint64_t offered = 0, open = 0, good = 0;
        for (size_t i = 0; i < count; i++) {
            const struct request *request = &requests[i];
            if (request->class != 1 || request->fate == UNCONNECTED || request->fate == UNSENT) {
                continue;
            }
            bool due = request->due_ns >= start_ns && request->due_ns < end_ns;
            bool right = request->fate == RESPONDED && request->failure == FAILURE_NONE;
            offered += due;
            open += request->due_ns < end_ns && request->resolved_ns >= end_ns;
            good += due && right && request->resolved_ns - request->due_ns <= DEADLINE;
        }
        const struct interval *interval = &followed->intervals[w];
        assert_int_equal(interval->tally.offered, offered);
        assert_int_equal(interval->tally.sent, offered);
        assert_int_equal(interval->tally.good, good);
        assert_int_equal(interval->in_flight, open);
        tally_add(&sum, &interval->tally);
        times += interval->response.total;
    }
    assert_memory_equal(&sum, &followed->tally, sizeof sum);
    assert_int_equal(times, followed->response.total);
}

TEST(random_requests_are_counted_as_by_hand)
{
    struct random random;

    random_init(&random, 1, 1);
    for (int round = 0; round < 200; round++) {
        struct request requests[300];
        struct recorder recorder;
        struct load_record record;
        size_t count = random_below(&random, 301);
        for (size_t i = 0; i < count; i++) {
            requests[i] = random_request(&random);
        }
        recorder_init(&recorder, &step, START, DEADLINE, 2);
        recorder_follow(&recorder, 1);
        play_all(&recorder, requests, count);
        assert_int_equal(recorder.flights.count, 0);
        recorder_take(&recorder, &record);
        check_by_hand(&record, requests, count);
        assert_null(record.requests[0].intervals);
        check_followed(&record, requests, count);
        check_totals(&record);
        load_record_release(&record);
    }
}
