#include "bench/service/first_response.h"

#include "fault_server.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Two requests, of which the server answers the second as it answers the first. */
#define SCENARIO                                                                                                       \
    "{\"schema\":1,\"name\":\"two\",\"why\":\"for tests\",\"double\":{\"what\":\"rate\",\"from\":10,\"steps\":1},"     \
    "\"requests\":[{\"name\":\"one\",\"path\":\"/items/7\",\"expect\":{\"json\":{\"id\":7}}},"                         \
    "{\"name\":\"other\",\"path\":\"/items/8\",\"expect\":{\"status\":200,\"json\":{\"id\":%d}}}]}"

/* What the check finds of a server with this fault, NULL: nothing; and how many requests it got. */
static char *check(const struct fault_server_options *options, int expected, size_t *ret_requests)
{
    struct fault_server *server = fault_server_start(options);
    struct fault_record seen;
    struct scenario scenario;
    struct error err = {0};
    char *fault = NULL, text[1000];

    snprintf(text, sizeof text, SCENARIO, expected);
    if (scenario_parse(&scenario, "two", text, &err) != 0) {
        fail_msg("%s", err.message);
    }
    if (first_response_check(&(struct first_response_options){.scenario = &scenario,
                                                              .host = "127.0.0.1",
                                                              .port = fault_server_port(server)},
                             &fault, &err) != 0) {
        fail_msg("%s", err.message);
    }
    fault_server_stop(server, &seen);
    *ret_requests = seen.requests;
    fault_record_release(&seen);
    scenario_release(&scenario);
    return fault;
}

TEST(each_request_is_sent_once_and_is_right)
{
    size_t requests;

    assert_null(check(&(struct fault_server_options){0}, 8, &requests));
    assert_int_equal(requests, 2);
}

/* The time is judged by the load, not here: a service may be cold. */
TEST(a_slow_response_is_right)
{
    size_t requests;

    assert_null(check(&(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = 1500000000}, 8, &requests));
    assert_int_equal(requests, 2);
}

TEST(the_first_that_is_wrong_is_told_with_what_was_expected_and_what_came)
{
    size_t requests;
    char *fault = check(&(struct fault_server_options){0}, 9, &requests);

    assert_non_null(fault);
    assert_non_null(strstr(fault, "its first response to \"other\" is not as expected:\n"));
    assert_non_null(strstr(fault, "request: GET /items/8\n"));
    assert_non_null(strstr(fault, "expected: \"id\": 9\n"));
    assert_non_null(strstr(fault, "came: \"id\": 8, body "));
    free(fault);
}

static const struct {
    const char *name;
    struct fault_server_options server;
    const char *came;
} faults[] = {
    {"another status", {.fault = FAULT_STATUS, .every = 1}, "came: status 500"},
    {"no HTTP", {.fault = FAULT_GARBAGE, .every = 1}, "came: no HTTP response"},
    {"a reset", {.fault = FAULT_RESET, .every = 1}, "came: the connection ended before the response was whole"},
    {"nobody listens", {.fault = FAULT_REFUSE}, "came: no connection: connection refused"},
};

TEST_EACH(what_came_instead_of_a_response_is_said, faults)
{
    const __typeof__(faults[0]) *one = *state;
    size_t requests;
    char *fault = check(&one->server, 8, &requests);

    assert_non_null(fault);
    if (strstr(fault, one->came) == NULL) {
        fail_msg("%s", fault);
    }
    free(fault);
}
