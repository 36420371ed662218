/* Subscribers against a service of streams (peers/event_stream.py): every due message ends in one way, and in which. */
#include "load/loader.h"

#include "load_run.h"
#include "peer.h"
#include "test.h"
#include "traffic_text.h"

#include <stdlib.h>
#include <string.h>

enum { SUBSCRIBERS = 8, SECONDS = 3, MESSAGES = SUBSCRIBERS * SECONDS };

struct streams_run {
    struct peer *peer;
    struct traffic traffic;
    struct loader *loader;
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

static void step(struct streams_run *run, uint64_t subscribers, struct load_record *ret_record)
{
    struct planned_step planned = {.level = subscribers,
                                   .rate = subscribers,
                                   .connections = subscribers,
                                   .subscribers = subscribers,
                                   .seed = 1,
                                   .warmup_ns = CLOCK_SECOND_NS,
                                   .measure_ns = SECONDS * CLOCK_SECOND_NS,
                                   .drain_limit_ns = 200 * MS,
                                   .interval_count = SECONDS};

    loader_start(run->loader, &planned);
    assert_true(loader_wait(run->loader, 30 * CLOCK_SECOND_NS));
    loader_finish(run->loader, ret_record);
    load_run_check(ret_record);
    assert_int_equal(ret_record->tally.offered, subscribers * SECONDS);
    for (size_t i = 0; i < ret_record->interval_count; i++) {
        assert_int_equal(ret_record->intervals[i].tally.offered, subscribers);
    }
}

static void end(struct streams_run *run)
{
    loader_free(run->loader);
    peer_stop(run->peer);
    peer_free(run->peer);
    traffic_release(&run->traffic);
}

static void once(const char *fault, const char *late_ms, struct load_record *ret_record)
{
    struct streams_run run;

    start(&run, fault, late_ms, 1, NULL);
    step(&run, SUBSCRIBERS, ret_record);
    end(&run);
}

/* ---- what is right ---------------------------------------------------------------------------------------------- */

TEST(every_message_of_every_subscriber_is_counted_on_any_number_of_threads)
{
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        struct streams_run run;
        struct load_record record;
        start(&run, "none", NULL, threads, NULL);
        step(&run, SUBSCRIBERS, &record);
        assert_int_equal(record.tally.good, MESSAGES);
        assert_int_equal(record.response.total, MESSAGES);
        assert_int_equal(record.connections, SUBSCRIBERS);
        assert_null(record.first_wrong);
        load_record_release(&record);
        end(&run);
    }
}

TEST(streams_are_kept_from_step_to_step_and_those_beyond_are_closed)
{
    static const uint64_t subscribers[] = {4, 8, 8, 2}, opened[] = {4, 4, 0, 0};
    struct streams_run run;

    start(&run, "none", NULL, 1, NULL);
    for (size_t i = 0; i < 4; i++) {
        struct load_record record;
        step(&run, subscribers[i], &record);
        assert_int_equal(record.tally.good, subscribers[i] * SECONDS);
        assert_int_equal(record.connections_opened, opened[i]);
        assert_int_equal(record.connections, subscribers[i]);
        load_record_release(&record);
    }
    loader_free(run.loader);
    peer_stop(run.peer);
    assert_int_equal(peer_count(run.peer, "streams"), 8);
    assert_int_equal(peer_count(run.peer, "most"), 8);
    peer_free(run.peer);
    traffic_release(&run.traffic);
}

/* From the second on, not from when the service got to it. */
TEST(a_service_that_publishes_late_is_late)
{
    struct load_record record;

    once("none", "300", &record);
    assert_int_equal(record.tally.good, MESSAGES);
    assert_true(record.response.min >= 299 * MS);
    load_record_release(&record);
    once("none", "2200", &record);
    assert_int_equal(record.tally.good, 0);
    assert_int_equal(record.tally.failures[FAILURE_TIMEOUT] + record.tally.failures[FAILURE_UNANSWERED], MESSAGES);
    assert_true(record.response.min >= 1999 * MS);
    load_record_release(&record);
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
    struct load_record record;

    once(wrong->fault, NULL, &record);
    assert_int_equal(record.tally.failures[wrong->failure], wrong->messages);
    assert_int_equal(record.tally.good, MESSAGES - wrong->messages);
    if (wrong->came != NULL) {
        assert_non_null(record.first_wrong);
        assert_string_equal(record.first_wrong->member, "second");
        assert_non_null(strstr(record.first_wrong->unreadable, wrong->came));
    }
    load_record_release(&record);
}

/* Behind its last event the stream ends; it is opened again before the next second, or that one is lost, too. */
TEST(a_stream_that_ends_is_opened_again)
{
    struct streams_run run;
    struct load_record record;

    start(&run, "end", NULL, 1, NULL);
    step(&run, SUBSCRIBERS, &record);
    assert_true(record.tally.good >= MESSAGES / 2);
    assert_true(record.connections_opened > SUBSCRIBERS);
    assert_int_equal(record.tally.good + record.tally.failures[FAILURE_RESET] +
                         record.tally.failures[FAILURE_UNANSWERED],
                     MESSAGES);
    load_record_release(&record);
    end(&run);
}

TEST(what_is_not_http_fails_every_message)
{
    struct load_record record;

    once("garbage", NULL, &record);
    assert_int_equal(record.tally.good, 0);
    assert_true(record.tally.failures[FAILURE_PROTOCOL] > 0);
    load_record_release(&record);
}

TEST(a_message_before_its_second_is_wrong)
{
    struct load_record record;

    once("early", NULL, &record);
    assert_int_equal(record.tally.good, 0);
    assert_int_equal(record.tally.failures[FAILURE_BODY] + record.tally.failures[FAILURE_UNANSWERED], MESSAGES);
    assert_non_null(strstr(record.first_wrong->unreadable, "before its second began"));
    load_record_release(&record);
}

TEST(where_nobody_listens_no_message_comes)
{
    struct streams_run run;
    struct load_record record;

    start(&run, "none", NULL, 1, NULL);
    peer_stop(run.peer);
    step(&run, SUBSCRIBERS, &record);
    assert_int_equal(record.tally.failures[FAILURE_CONNECT], MESSAGES);
    load_record_release(&record);
    loader_free(run.loader);
    peer_free(run.peer);
    traffic_release(&run.traffic);
}

/* ---- the wall clock --------------------------------------------------------------------------------------------- */

static int64_t set_by_ns;
static unsigned looked;

/* It is set while the second step runs, and stays so. */
static int64_t wall_that_is_set(void)
{
    looked++;
    return clock_wall_ahead_ns() + (looked > 3 ? set_by_ns : 0);
}

TEST(a_wall_clock_that_is_set_during_a_step_is_told_and_moves_nothing_that_is_due)
{
    struct streams_run run;
    struct load_record record;

    set_by_ns = 3 * (int64_t)CLOCK_SECOND_NS;
    looked = 0;
    start(&run, "none", NULL, 1, wall_that_is_set);
    step(&run, SUBSCRIBERS, &record);
    assert_in_range(record.wall_stepped_ns, 2999 * MS, 3001 * MS);
    assert_int_equal(record.tally.good, MESSAGES); /* by the monotonic clock all was well */
    load_record_release(&record);
    end(&run);
}

TEST(a_wall_clock_that_is_not_set_is_not_told)
{
    struct load_record record;

    once("none", NULL, &record);
    assert_true(record.wall_stepped_ns < MS);
    load_record_release(&record);
}
