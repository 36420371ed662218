/* Subscribers against a service of streams (peers/event_stream.py): every due message ends in one way, and in which. */
#include "load/loader.h"

#include "load_run.h"
#include "peer.h"
#include "test.h"
#include "traffic_text.h"

#include <stdlib.h>
#include <string.h>

enum { SUBSCRIBERS = 8, SECONDS = 3, MESSAGES = SUBSCRIBERS * SECONDS, AT_ONCE = 11 };

struct streams_run {
    struct peer *peer;
    struct traffic traffic;
    struct loader *loader;
    struct planned_step planned;
};

static void start(struct streams_run *run, const char *fault, const char *late_ms, unsigned threads,
                  int64_t (*wall_ahead_ns)(void))
{
    struct error err = {0};

    run->peer = peer_start("event_stream.py", (const char *const[]){fault, late_ms, NULL});
    traffic_from_text(&run->traffic, "{\"requests\":[{\"name\":\"subscribe\",\"path\":\"/events\"}]}");
    run->traffic.requests[0].stream = true;
    struct loader_options options = {.traffic = &run->traffic,
                                     .host = "127.0.0.1",
                                     .port = peer_port(run->peer),
                                     .threads = threads,
                                     .deadline_ns = 2 * CLOCK_SECOND_NS,
                                     .connections_most = 1000,
                                     .wall_ahead_ns = wall_ahead_ns};
    if (loader_new(&run->loader, &options, &err) != 0) {
        fail_msg("%s", err.message);
    }
}

static void begin(struct streams_run *run, uint64_t subscribers, size_t seconds)
{
    run->planned = (struct planned_step){.level = subscribers,
                                         .rate = subscribers,
                                         .connections = subscribers,
                                         .subscribers = subscribers,
                                         .seed = 1,
                                         .warmup_ns = CLOCK_SECOND_NS,
                                         .measure_ns = seconds * CLOCK_SECOND_NS,
                                         .drain_limit_ns = 200 * MS,
                                         .interval_count = seconds};
    loader_start(run->loader, &run->planned);
}

static void finish(struct streams_run *run, struct load_record *ret_record)
{
    assert_true(loader_wait(run->loader, 30 * CLOCK_SECOND_NS));
    loader_finish(run->loader, ret_record);
}

static void check(const struct load_record *record, uint64_t subscribers, size_t seconds)
{
    load_run_check(record);
    assert_int_equal(record->tally.offered, subscribers * seconds);
    assert_int_equal(record->interval_count, seconds);
    for (size_t i = 0; i < record->interval_count; i++) {
        assert_int_equal(record->intervals[i].tally.offered, subscribers);
    }
}

static void end(struct streams_run *run)
{
    loader_free(run->loader);
    peer_stop(run->peer);
    peer_free(run->peer);
    traffic_release(&run->traffic);
}

/* ---- one step against each service ------------------------------------------------------------------------------ */

/* It is set while the step runs, and stays so. */
static int64_t wall_that_is_set(void)
{
    static unsigned looked;

    looked++;
    return clock_wall_ahead_ns() + (looked > 3 ? 3 * (int64_t)CLOCK_SECOND_NS : 0);
}

/* A service, whose fault is called as it is itself where nothing else is said, and what became of one step against it.
 * They mostly wait, so that several run at a time, before the tests. */
static struct beside {
    const char *name, *fault, *late_ms;
    unsigned threads; /* 0: one */
    int64_t (*wall_ahead_ns)(void);
    struct streams_run run;
    struct load_record record;
} all_beside[] = {
    {.name = "none"},
    {.name = "three threads", .fault = "none", .threads = 3},
    {.name = "late", .fault = "none", .late_ms = "300"},
    {.name = "too late", .fault = "none", .late_ms = "2200"},
    {.name = "set", .fault = "none", .wall_ahead_ns = wall_that_is_set},
    {.name = "skip"},
    {.name = "twice"},
    {.name = "backwards"},
    {.name = "data"},
    {.name = "no_id"},
    {.name = "typed"},
    {.name = "long"},
    {.name = "status"},
    {.name = "text"},
    {.name = "silent"},
    {.name = "mute"},
    {.name = "end"},
    {.name = "over"},
    {.name = "half"},
    {.name = "half_end"},
    {.name = "garbage"},
    {.name = "early"},
};

enum { ALL_BESIDE = sizeof all_beside / sizeof all_beside[0] };

static void run_beside(struct beside *each, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        start(&each[i].run, each[i].fault != NULL ? each[i].fault : each[i].name, each[i].late_ms,
              each[i].threads != 0 ? each[i].threads : 1, each[i].wall_ahead_ns);
    }
    for (size_t i = 0; i < count; i++) {
        begin(&each[i].run, SUBSCRIBERS, SECONDS);
    }
    for (size_t i = 0; i < count; i++) {
        finish(&each[i].run, &each[i].record);
        end(&each[i].run);
    }
}

static int run_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < ALL_BESIDE; i += AT_ONCE) {
        run_beside(&all_beside[i], ALL_BESIDE - i < AT_ONCE ? ALL_BESIDE - i : AT_ONCE);
    }
    return 0;
}

static int release_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < ALL_BESIDE; i++) {
        load_record_release(&all_beside[i].record);
    }
    return 0;
}

const struct test_group test_group = {run_all, release_all};

static const struct load_record *record_of(const char *name)
{
    size_t i = 0;

    while (i < ALL_BESIDE && strcmp(all_beside[i].name, name) != 0) {
        i++;
    }
    assert_true(i < ALL_BESIDE);
    check(&all_beside[i].record, SUBSCRIBERS, SECONDS);
    return &all_beside[i].record;
}

/* ---- what is right ---------------------------------------------------------------------------------------------- */

TEST(every_message_of_every_subscriber_is_counted_on_any_number_of_threads)
{
    static const char *const names[] = {"none", "three threads"};

    for (size_t i = 0; i < 2; i++) {
        const struct load_record *record = record_of(names[i]);
        assert_int_equal(record->tally.good, MESSAGES);
        assert_int_equal(record->response.total, MESSAGES);
        assert_int_equal(record->connections, SUBSCRIBERS);
        assert_null(record->first_wrong);
    }
}

/* Also where a service does not notice that a subscriber has left, and goes on writing to it. */
TEST(streams_are_kept_from_step_to_step_and_those_beyond_are_closed)
{
    static const uint64_t subscribers[] = {4, 8, 8, 2}, opened[] = {4, 4, 0, 0};
    static const char *const faults[] = {"none", "deaf"};
    struct streams_run runs[2];

    for (size_t k = 0; k < 2; k++) {
        start(&runs[k], faults[k], NULL, 1, NULL);
    }
    for (size_t i = 0; i < 4; i++) {
        struct load_record records[2];
        begin(&runs[0], subscribers[i], 1);
        begin(&runs[1], subscribers[i], 1);
        for (size_t k = 0; k < 2; k++) {
            finish(&runs[k], &records[k]);
            check(&records[k], subscribers[i], 1);
            assert_int_equal(records[k].tally.good, subscribers[i]);
            assert_int_equal(records[k].connections_opened, opened[i]);
            assert_int_equal(records[k].connections, subscribers[i]);
            load_record_release(&records[k]);
        }
    }
    for (size_t k = 0; k < 2; k++) {
        loader_free(runs[k].loader);
        peer_stop(runs[k].peer);
        assert_int_equal(peer_count(runs[k].peer, "streams"), 8);
        assert_int_equal(peer_count(runs[k].peer, "most"), 8);
        peer_free(runs[k].peer);
        traffic_release(&runs[k].traffic);
    }
}

/* From the second on, not from when the service got to it. */
TEST(a_service_that_publishes_late_is_late)
{
    const struct load_record *record = record_of("late");

    assert_int_equal(record->tally.good, MESSAGES);
    assert_true(record->response.min >= 299 * MS);
    record = record_of("too late");
    assert_int_equal(record->tally.good, 0);
    assert_int_equal(record->tally.failures[FAILURE_TIMEOUT] + record->tally.failures[FAILURE_UNANSWERED], MESSAGES);
    assert_true(record->response.min >= 1999 * MS);
}

/* ---- what is wrong ---------------------------------------------------------------------------------------------- */

struct wrong_stream {
    const char *fault;
    enum failure failure;
    uint64_t messages; /* that fail by it; the others are good */
    const char *came;  /* of the evidence; NULL: there is none */
    const char *name;
};

/* Of three seconds in a row one is wrong, or the one behind it. */
static const struct wrong_stream wrong_streams[] = {
    {"skip", FAILURE_BODY, SUBSCRIBERS, "left out", "a second that is left out"},
    {"twice", FAILURE_BODY, SUBSCRIBERS, "twice", "a second that comes twice"},
    {"backwards", FAILURE_BODY, SUBSCRIBERS, "out of order", "a second that comes again behind the next"},
    {"data", FAILURE_BODY, SUBSCRIBERS, "not the second of its id", "other data"},
    {"no_id", FAILURE_BODY, SUBSCRIBERS, "no second as its id", "an event without an id"},
    {"typed", FAILURE_BODY, SUBSCRIBERS, "a type of its own", "an event with a type"},
    {"long", FAILURE_BODY, SUBSCRIBERS, "longer than any message", "an event that is too long"},
    {"status", FAILURE_STATUS, MESSAGES, NULL, "another status"},
    {"text", FAILURE_BODY, MESSAGES, NULL, "another type of content"},
    {"silent", FAILURE_UNANSWERED, MESSAGES, NULL, "a stream without events"},
    {"mute", FAILURE_UNANSWERED, MESSAGES, NULL, "a stream without a head"},
};

TEST_EACH(a_message_that_is_wrong_is_found, wrong_streams)
{
    const struct wrong_stream *wrong = *state;
    const struct load_record *record = record_of(wrong->fault);

    assert_int_equal(record->tally.failures[wrong->failure], wrong->messages);
    assert_int_equal(record->tally.good, MESSAGES - wrong->messages);
    if (wrong->came != NULL) {
        assert_non_null(record->first_wrong);
        assert_string_equal(record->first_wrong->member, "second");
        assert_non_null(strstr(record->first_wrong->unreadable, wrong->came));
    }
}

struct ended_stream {
    const char *fault;
    bool whole; /* the last event before the end is */
    const char *name;
};

/* At one of three seconds; it is opened again before the next, or that one is lost, too. */
static const struct ended_stream ended_streams[] = {
    {"end", true, "a stream whose connection ends is opened again"},
    {"over", true, "a stream that the service ends is opened again"},
    {"half_end", false, "a stream that ends within an event is opened again"},
};

TEST_EACH(a_stream_that_ends_is_opened_again, ended_streams)
{
    const struct ended_stream *ended = *state;
    const struct load_record *record = record_of(ended->fault);
    const uint64_t *failures = record->tally.failures;

    assert_true(record->tally.good >= (ended->whole ? MESSAGES / 2 : SUBSCRIBERS));
    assert_true(record->connections_opened > SUBSCRIBERS);
    assert_int_equal(record->tally.good + failures[FAILURE_RESET] + failures[FAILURE_UNANSWERED], MESSAGES);
    assert_true(ended->whole || failures[FAILURE_RESET] >= SUBSCRIBERS);
}

/* At one of three seconds, of which the warm-up has had one before them or not. */
TEST(a_stream_that_stops_within_an_event_has_no_message_from_then_on)
{
    const struct load_record *record = record_of("half");

    assert_true(record->tally.failures[FAILURE_UNANSWERED] >= SUBSCRIBERS);
    assert_int_equal(record->tally.failures[FAILURE_UNANSWERED] % SUBSCRIBERS, 0);
    assert_int_equal(record->tally.good + record->tally.failures[FAILURE_UNANSWERED], MESSAGES);
    assert_int_equal(record->connections_opened, SUBSCRIBERS); /* it has not ended, for all that is known */
}

TEST(what_is_not_http_fails_every_message)
{
    const struct load_record *record = record_of("garbage");

    assert_int_equal(record->tally.good, 0);
    assert_true(record->tally.failures[FAILURE_PROTOCOL] > 0);
}

TEST(a_message_before_its_second_is_wrong)
{
    const struct load_record *record = record_of("early");

    assert_int_equal(record->tally.good, 0);
    assert_int_equal(record->tally.failures[FAILURE_BODY] + record->tally.failures[FAILURE_UNANSWERED], MESSAGES);
    assert_non_null(strstr(record->first_wrong->unreadable, "before its second began"));
}

TEST(where_nobody_listens_no_message_comes)
{
    struct streams_run run;
    struct load_record record;

    start(&run, "none", NULL, 1, NULL);
    peer_stop(run.peer);
    begin(&run, SUBSCRIBERS, SECONDS);
    finish(&run, &record);
    check(&record, SUBSCRIBERS, SECONDS);
    assert_int_equal(record.tally.failures[FAILURE_CONNECT], MESSAGES);
    load_record_release(&record);
    loader_free(run.loader);
    peer_free(run.peer);
    traffic_release(&run.traffic);
}

/* ---- the wall clock --------------------------------------------------------------------------------------------- */

TEST(a_wall_clock_that_is_set_during_a_step_is_told_and_moves_nothing_that_is_due)
{
    const struct load_record *record = record_of("set");

    assert_in_range(record->wall_stepped_ns, 2999 * MS, 3001 * MS);
    assert_int_equal(record->tally.good, MESSAGES); /* by the monotonic clock all was well */
}

TEST(a_wall_clock_that_is_not_set_is_not_told)
{
    assert_true(record_of("none")->wall_stepped_ns < MS);
}
