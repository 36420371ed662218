#include "load_run.h"

#include "base/mem.h"
#include "traffic_text.h"

#include <stdlib.h>

static const char plain[] =
    "{\"requests\":[{\"name\":\"get\",\"path\":\"/items/7\",\"expect\":{\"json\":{\"id\":7}}}]}";

static uint16_t start_front(struct load_run *run)
{
    char *port = mem_format("%u", fault_server_port(run->server));

    run->front = peer_start("tls_front.py", (const char *const[]){peer_right_certificate(), port, NULL});
    free(port);
    return peer_port(run->front);
}

void load_run_start(struct load_run *run, const struct fault_server_options *server,
                    const struct loader_options *loader, const char *traffic)
{
    struct loader_options options = *loader;
    struct error err = {0};

    traffic_from_text(&run->traffic, traffic != NULL ? traffic : plain);
    run->server = fault_server_start(server);
    assert_non_null(run->server);
    options.traffic = &run->traffic;
    options.host = server->ipv6 ? "::1" : "127.0.0.1";
    run->front = NULL;
    options.port = options.protocol.tls ? start_front(run) : fault_server_port(run->server);
    options.threads = options.threads != 0 ? options.threads : 1;
    options.deadline_ns = options.deadline_ns != 0 ? options.deadline_ns : 10 * CLOCK_SECOND_NS;
    options.connections_most = options.connections_most != 0 ? options.connections_most : 1000;
    if (loader_new(&run->loader, &options, &err) != 0) {
        fail_msg("%s", err.message);
    }
}

void load_run_step(struct load_run *run, const struct planned_step *step, struct load_record *ret_record)
{
    struct planned_step whole = *step;

    whole.arrivals = step->arrivals == ARRIVALS_POISSON && step->seed != 0 ? ARRIVALS_POISSON : ARRIVALS_EVEN;
    whole.seed = step->seed != 0 ? step->seed : 1;
    whole.interval_count = step->interval_count != 0 ? step->interval_count : 10;
    whole.drain_limit_ns = step->drain_limit_ns != 0 ? step->drain_limit_ns : 200 * MS;
    loader_start(run->loader, &whole);
    if (!loader_wait(run->loader, 30 * CLOCK_SECOND_NS)) {
        fail_msg("the step does not end");
    }
    loader_finish(run->loader, ret_record);
    load_run_check(ret_record);
}

void load_run_end(struct load_run *run, struct fault_record *ret_server)
{
    loader_free(run->loader);
    if (run->front != NULL) {
        peer_stop(run->front);
        peer_free(run->front);
    }
    fault_server_stop(run->server, ret_server);
    traffic_release(&run->traffic);
}

void load_run_once(const struct fault_server_options *server, const struct loader_options *loader,
                   const struct planned_step *step, struct load_record *ret_record, struct fault_record *ret_server)
{
    struct load_run run;

    load_run_start(&run, server, loader, NULL);
    load_run_step(&run, step, ret_record);
    load_run_end(&run, ret_server);
}

static void check_tally(const struct tally *tally)
{
    const uint64_t *failures = tally->failures;

    assert_int_equal(tally->offered, tally->good + tally_failed(tally));
    assert_int_equal(tally->offered, tally->sent + failures[FAILURE_CONNECT] + failures[FAILURE_UNSENT]);
    assert_int_equal(tally->sent, tally->completed + failures[FAILURE_RESET] + failures[FAILURE_PROTOCOL] +
                                      failures[FAILURE_UNANSWERED]);
    assert_int_equal(tally->completed,
                     tally->good + failures[FAILURE_TIMEOUT] + failures[FAILURE_STATUS] + failures[FAILURE_BODY]);
}

/* Each that was sent has one end; what the kinds of request have in the measured part is what the step has, but for
 * what was never sent and so is of no kind. */
static void check_requests(const struct load_record *record)
{
    struct tally sum = {0};
    uint64_t wrong = 0;

    for (size_t i = 0; i < record->request_count; i++) {
        const struct request_record *request = &record->requests[i];
        wrong += request->wrong;
        assert_int_equal(request->sent, request->good + request->late + request->wrong + request->lost);
        assert_int_equal(request->tally.offered, request->tally.good + tally_failed(&request->tally));
        tally_add(&sum, &request->tally);
    }
    assert_true(record->first_wrong != NULL || wrong + record->tally.failures[FAILURE_PROTOCOL] == 0); /* of any */
    assert_int_equal(sum.sent, record->tally.sent);
    assert_int_equal(sum.completed, record->tally.completed);
    assert_int_equal(sum.good, record->tally.good);
    for (int i = 0; i < FAILURE_COUNT; i++) {
        assert_true(sum.failures[i] <= record->tally.failures[i]);
    }
    assert_int_equal(sum.failures[FAILURE_UNANSWERED], record->tally.failures[FAILURE_UNANSWERED]);
}

void load_run_check(const struct load_record *record)
{
    const struct tally *tally = &record->tally;
    struct tally sum = {0};
    uint64_t responses = 0;

    check_tally(tally);
    check_requests(record);
    for (size_t i = 0; i < record->interval_count; i++) {
        const struct interval *interval = &record->intervals[i];
        check_tally(&interval->tally);
        tally_add(&sum, &interval->tally);
        responses += interval->response.total;
    }
    assert_memory_equal(&sum, tally, sizeof sum);
    assert_int_equal(responses, record->response.total);
    assert_int_equal(record->response.total, tally->completed + record->censored);
    assert_int_equal(record->censored, tally->failures[FAILURE_UNANSWERED] + tally->failures[FAILURE_UNSENT]);
    assert_int_equal(record->service.total, tally->completed);
    /* With HTTP/2 a request may have been released in time and no connection be made for it. */
    assert_true(record->send_lag.total <= tally->sent + tally->failures[FAILURE_CONNECT]);
    assert_true(record->mean_in_flight >= 0);
    assert_true(record->busiest_thread >= 0 && record->busiest_thread < 1.2);
}
