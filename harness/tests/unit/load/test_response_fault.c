#include "load/transport/response_parser.h"

#include "test.h"

#include <string.h>

#define OK "HTTP/1.1 200 OK\r\n"

/* What was wrong with bytes that are cut before `cut`. */
static struct response_fault fault_of(const char *data, size_t cut)
{
    struct response_parser response;
    size_t used;

    response_parser_init(&response, NULL);
    response_parser_begin(&response, false, true);
    enum response_state state = response_parser_feed(&response, data, cut, &used);
    if (state == RESPONSE_MORE) {
        state = response_parser_feed(&response, data + cut, strlen(data) - cut, &used);
    }
    assert_int_equal(state, RESPONSE_BROKEN);
    struct response_fault fault = response.fault;
    response_parser_release(&response);
    return fault;
}

TEST(the_byte_that_is_wrong_is_named_wherever_the_bytes_are_cut)
{
    static const struct {
        const char *data;
        size_t right; /* how many bytes are right before the one that is not */
        int byte;
        const char *why;
    } faults[] = {
        {"hello, world\r\n\r\n", 0, 'h', NULL},
        {"HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n", 34, 'x', "Invalid character in Content-Length"},
        {OK "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nyz\r\n", 55, 'y', "expected the size of a chunk"},
        {OK "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n", 53, 'd', "expected the end of a line of a chunk"},
    };

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        for (size_t cut = 0; cut <= faults[i].right; cut++) {
            struct response_fault fault = fault_of(faults[i].data, cut);
            assert_int_equal(fault.at, faults[i].right);
            assert_int_equal(fault.byte, faults[i].byte);
            assert_true(faults[i].why == NULL || strncmp(fault.why, faults[i].why, strlen(faults[i].why)) == 0);
        }
    }
}
