#include "load/transport/heads/known_head.h"
#include "load/transport/response_parser.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static const char good[] = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nServer: a\r\n\r\nbody";

/* What a fresh response makes of `data` when `known` is what was learned before it. */
static enum response_state read_with(struct known_head *known, const char *data, bool to_head,
                                     struct response_parser *ret_response)
{
    size_t used;

    response_parser_init(ret_response, known);
    response_parser_begin(ret_response, to_head, true);
    enum response_state state = response_parser_feed(ret_response, data, strlen(data), &used);
    assert_int_equal(used, strlen(data));
    return state;
}

static void learn(struct known_head *known, const char *data)
{
    struct response_parser response;

    *known = (struct known_head){0};
    read_with(known, data, false, &response);
    response_parser_release(&response);
}

TEST(a_response_with_the_same_head_is_what_parsing_makes_of_it)
{
    struct known_head known;
    struct response_parser response;
    size_t length;

    learn(&known, good);
    assert_int_equal(known.length, sizeof good - 1 - 4);
    assert_int_equal(read_with(&known, "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nServer: a\r\n\r\nBODY", false,
                               &response),
                     RESPONSE_DONE);
    assert_int_equal(response.status, 200);
    assert_int_equal(response.body_bytes, 4);
    assert_true(response.keep_alive);
    const char *body = response_parser_body(&response, &length);
    assert_int_equal(length, 4);
    assert_memory_equal(body, "BODY", 4);
    response_parser_release(&response);
}

TEST(a_known_head_does_not_match_another_byte_or_another_length)
{
    struct known_head known;
    char data[128];

    learn(&known, good);
    assert_true(known_head_matches(&known, good, sizeof good - 1));
    assert_false(known_head_matches(&known, good, sizeof good - 2));
    snprintf(data, sizeof data, "%sx", good);
    assert_false(known_head_matches(&known, data, sizeof good));
    for (size_t i = 0; i < known.length; i++) {
        memcpy(data, good, sizeof good);
        data[i] ^= 1;
        assert_false(known_head_matches(&known, data, sizeof good - 1));
    }
}

TEST(what_is_not_framed_by_its_length_is_never_known)
{
    static const char *const responses[] = {
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nbody",
        "HTTP/1.1 200 OK\r\n\r\nbody",
        "HTTP/1.0 200 OK\r\nContent-Length: 4\r\n\r\nbody",
    };
    struct known_head known;

    for (size_t i = 0; i < sizeof responses / sizeof responses[0]; i++) {
        learn(&known, responses[i]);
        assert_int_equal(known.length, 0);
        assert_false(known_head_matches(&known, "", 0));
    }
}

TEST(the_response_to_a_head_request_is_parsed_and_not_learned)
{
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n";
    struct known_head known = {0};
    struct response_parser response;

    assert_int_equal(read_with(&known, head, true, &response), RESPONSE_DONE);
    response_parser_release(&response);
    assert_int_equal(known.length, 0);
    assert_int_equal(read_with(&known, head, false, &response), RESPONSE_MORE);
    response_parser_release(&response);
}

TEST(a_head_longer_than_the_limit_is_parsed_each_time)
{
    char data[KNOWN_HEAD_MOST + 64];
    struct known_head known;
    int start = snprintf(data, sizeof data, "HTTP/1.1 204 No Content\r\nX: ");

    memset(data + start, 'x', KNOWN_HEAD_MOST);
    memcpy(data + start + KNOWN_HEAD_MOST, "\r\n\r\n", 5);
    learn(&known, data);
    assert_int_equal(known.length, 0);
}
