/* Users of sessions against a server: what is sent, what counts, and how sessions end. */
#include "load/loader.h"

#include "load_run.h"
#include "test.h"

#include <string.h>

#define GET7 "{\"name\": \"login\", \"path\": \"/items/7\", \"expect\": {\"json\": {\"id\": 7}}}"

/* The server says which item was asked for, which the second request repeats. */
static const char *const three =
    "{\"requests\": [" GET7 ", {\"name\": \"again\", \"path\": \"/more/{item}\", \"expect\": {\"json\": {\"id\": 7}}},"
    " {\"name\": \"last\", \"method\": \"POST\", \"path\": \"/last/{item}\", \"json\": {\"item\": \"{item}\"},"
    " \"headers\": {\"X-Item\": \"no {item}\"}, \"expect\": {\"json\": {\"id\": \"{item}\"}}}],"
    " \"sessions\": [{\"name\": \"s\", \"steps\": ["
    " {\"request\": \"login\", \"capture\": {\"item\": {\"json\": \"/id\", \"number\": true}}},"
    " {\"request\": \"again\", \"think\": \"100ms\"}, {\"request\": \"last\"}]}]}";

static const char *const missing =
    "{\"requests\": [" GET7 ", {\"name\": \"next\", \"path\": \"/items/{none}\"}],"
    " \"sessions\": [{\"name\": \"s\", \"steps\": [{\"request\": \"login\", \"capture\": {\"none\": \"/nothing\"}},"
    " {\"request\": \"next\"}]}]}";

static const struct planned_step short_step = {.users = 50, .rate = 150, .warmup_ns = 300 * MS, .measure_ns = 600 * MS};

static void run(const struct fault_server_options *server, struct loader_options loader, const char *traffic,
                struct load_record *ret_record, struct fault_record *ret_server)
{
    struct load_run run;

    loader.sessions_most = loader.sessions_most > 0 ? loader.sessions_most : 1000;
    load_run_start(&run, server, &loader, traffic);
    load_run_step(&run, &short_step, ret_record);
    load_run_end(&run, ret_server);
}

TEST(users_send_their_requests_one_after_another_with_what_they_captured)
{
    for (unsigned threads = 1; threads <= 3; threads++) {
        struct load_record record;
        struct fault_record server;

        run(&(struct fault_server_options){0}, (struct loader_options){.threads = threads}, three, &record, &server);
        /* 45 users arrive, 30 of them in the measured time; the last of them are still thinking when it is over. */
        assert_int_equal(record.sessions.begun, 30);
        assert_int_equal(record.requests[0].sent, 45);
        assert_int_equal(record.requests[0].tally.offered, 30);
        assert_int_equal(record.requests[1].sent + record.sessions.unfinished, 45);
        assert_int_equal(record.requests[2].sent, record.requests[1].sent);
        assert_int_equal(record.tally.good, record.tally.offered);
        assert_int_equal(record.sessions.abandoned, 0);
        assert_in_range(record.sessions.unfinished, 4, 8);
        assert_int_equal(server.requests, record.requests[0].sent + 2 * record.requests[1].sent);
        load_record_release(&record);
        fault_record_release(&server);
    }
}

/* The time to think is none of a request's response time, and a slow response delays only its own user. */
TEST(response_times_count_from_the_end_of_the_time_to_think)
{
    struct load_record record;

    run(&(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = 40 * MS}, (struct loader_options){0}, three,
        &record, NULL);
    assert_int_equal(record.sessions.begun, 30);
    assert_true(record.response.min >= 40 * MS);
    assert_true(histogram_quantile(&record.response, 0.5) < 90 * MS); /* and not 140 */
    load_record_release(&record);
}

TEST(what_cannot_be_captured_is_a_failure_and_ends_the_session)
{
    struct load_record record;

    run(&(struct fault_server_options){0}, (struct loader_options){0}, missing, &record, NULL);
    assert_int_equal(record.tally.failures[FAILURE_BODY], 30);
    assert_int_equal(record.sessions.abandoned, 30);
    assert_int_equal(record.requests[1].sent, 0);
    assert_string_equal(record.first_wrong->request, "login");
    assert_string_equal(record.first_wrong->capture, "{none} from /nothing");
    assert_string_equal(record.first_wrong->unreadable, "there is no such member");
    load_record_release(&record);
}

TEST(late_responses_end_sessions)
{
    struct load_record record;

    run(&(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = 60 * MS},
        (struct loader_options){.deadline_ns = 20 * MS}, three, &record, NULL);
    assert_int_equal(record.tally.good, 0);
    assert_int_equal(record.requests[1].sent, 0);
    assert_int_equal(record.sessions.abandoned, 30);
    load_record_release(&record);
}

TEST(a_service_that_is_not_there_ends_every_session)
{
    struct load_record record;

    run(&(struct fault_server_options){.fault = FAULT_REFUSE}, (struct loader_options){0}, three, &record, NULL);
    assert_int_equal(record.tally.failures[FAILURE_CONNECT], record.tally.offered);
    assert_int_equal(record.tally.offered, record.sessions.begun);
    assert_int_equal(record.sessions.abandoned, record.sessions.begun);
    load_record_release(&record);
}

TEST(sessions_end_with_connections_that_are_reset)
{
    struct load_record record;

    run(&(struct fault_server_options){.fault = FAULT_RESET, .every = 1}, (struct loader_options){0}, three, &record,
        NULL);
    assert_int_equal(record.tally.failures[FAILURE_RESET], 30);
    assert_int_equal(record.sessions.abandoned, 30);
    load_record_release(&record);
}

TEST(what_a_silent_service_never_answers_is_unanswered_once_a_user)
{
    struct load_record record;

    run(&(struct fault_server_options){.fault = FAULT_SILENT, .every = 1},
        (struct loader_options){.deadline_ns = 100 * MS}, three, &record, NULL);
    assert_int_equal(record.tally.failures[FAILURE_UNANSWERED], 30);
    assert_int_equal(record.sessions.abandoned, 30);
    load_record_release(&record);
}

TEST(users_for_whom_there_is_no_room_are_unsent_requests)
{
    struct load_record record;

    run(&(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = 50 * MS},
        (struct loader_options){.sessions_most = 2}, three, &record, NULL);
    assert_int_equal(record.sessions.most, 2);
    assert_int_equal(record.sessions.begun + record.sessions.denied, 30);
    assert_true(record.sessions.denied > 10);
    assert_int_equal(record.tally.failures[FAILURE_UNSENT], record.sessions.denied);
    assert_int_equal(record.tally.good + record.sessions.denied, record.tally.offered);
    load_record_release(&record);
}

/* One of another step would be another user's. */
TEST(a_step_that_is_stopped_ends_all_its_sessions)
{
    struct load_run run;
    struct load_record record;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = 400 * MS},
                   &(struct loader_options){.sessions_most = 1000}, three);
    struct planned_step step = short_step;
    step.arrivals = ARRIVALS_EVEN;
    step.interval_count = 6;
    step.seed = 1;
    step.drain_limit_ns = 1000 * MS;
    loader_start(run.loader, &step);
    assert_false(loader_wait(run.loader, 600 * MS));
    loader_stop(run.loader);
    assert_true(loader_wait(run.loader, 5000 * MS));
    loader_finish(run.loader, &record);
    assert_true(record.sessions.begun > 5 && record.sessions.finished == 0);
    load_record_release(&record);
    load_run_step(&run, &short_step, &record);
    assert_int_equal(record.sessions.begun, 30);
    load_record_release(&record);
    load_run_end(&run, NULL);
}
