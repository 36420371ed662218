#include "load/probe.h"

#include "base/clock.h"
#include "fault_server.h"
#include "test.h"
#include "traffic_text.h"

#include <string.h>

#define MS CLOCK_MILLISECOND_NS

/* Probe a server with this fault; -1 with a message in `err`, or 0 and the time. */
static int probe(const struct fault_server_options *server_options, uint64_t timeout_ns, uint64_t *ret_ns,
                 struct error *err)
{
    struct fault_server *server = fault_server_start(server_options);
    struct traffic traffic;

    traffic_from_text(&traffic, "{\"requests\":[{\"name\":\"get\",\"path\":\"/7\"}]}");
    int result = probe_first_request(&traffic,
                                     &(struct probe_options){.host = "127.0.0.1",
                                                             .port = fault_server_port(server),
                                                             .seed = 1,
                                                             .timeout_ns = timeout_ns},
                                     ret_ns, err);
    fault_server_stop(server, NULL);
    traffic_release(&traffic);
    return result;
}

TEST(the_first_request_takes_from_its_send_to_its_last_byte)
{
    static const struct {
        enum fault fault;
        uint64_t time_ns, least_ns;
    } cases[] = {{FAULT_NONE, 0, 1},
                 {FAULT_SLOW, 30 * MS, 30 * MS},
                 {FAULT_DRIP, MS / 2, 20 * MS},
                 {FAULT_STATUS, 0, 1}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t time_ns = 0;
        struct error err = {0};
        if (probe(&(struct fault_server_options){.fault = cases[i].fault, .time_ns = cases[i].time_ns},
                  20 * CLOCK_SECOND_NS, &time_ns, &err) != 0) {
            fail_msg("%s", err.message);
        }
        assert_true(time_ns >= cases[i].least_ns);
        assert_true(time_ns < 20 * CLOCK_SECOND_NS);
    }
}

TEST(no_whole_response_is_an_error)
{
    static const enum fault faults[] = {FAULT_REFUSE, FAULT_GARBAGE, FAULT_RESET, FAULT_CUT, FAULT_HEADERS};

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        uint64_t time_ns = 4711;
        struct error err = {0};
        assert_int_equal(probe(&(struct fault_server_options){.fault = faults[i]}, 20 * CLOCK_SECOND_NS, &time_ns,
                               &err),
                         -1);
        assert_int_equal(err.kind, ERROR_FAILED);
        assert_true(strlen(err.message) > 0);
        assert_int_equal(time_ns, 4711);
    }
}

/* Each byte comes in time, the whole does not. */
TEST(the_time_is_limited_as_a_whole)
{
    static const struct fault_server_options cases[] = {{.fault = FAULT_SILENT},
                                                        {.fault = FAULT_DEAF},
                                                        {.fault = FAULT_DRIP, .time_ns = 40 * MS}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t time_ns = 4711, before_ns = clock_now_ns();
        struct error err = {0};
        assert_int_equal(probe(&cases[i], 100 * MS, &time_ns, &err), -1);
        assert_true(clock_now_ns() - before_ns >= 100 * MS);
        assert_int_equal(time_ns, 4711);
    }
}
