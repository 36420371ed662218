/* The header lines of a response, where they are kept: for a session that captures one. */
#include "load/transport/http2_stream.h"
#include "load/transport/response_parser.h"

#include "test.h"

#include <string.h>

static const char answer[] = "HTTP/1.1 201 Created\r\nLocation:  /orders/7 \r\nX-Empty:\r\nContent-Length: 2\r\n\r\nok";
static const char lines[] = "Location:/orders/7\nX-Empty:\nContent-Length:2\n";

/* What is kept of `data`, fed in two parts that are cut at `cut`. */
static void check_cut(struct response_parser *parser, const char *data, size_t cut)
{
    size_t used, length = strlen(data);

    response_parser_begin(parser, false, false);
    response_parser_keep_head(parser);
    enum response_state state = response_parser_feed(parser, data, cut, &used);
    if (state == RESPONSE_MORE) {
        state = response_parser_feed(parser, data + cut, length - cut, &used);
    }
    assert_int_equal(state, RESPONSE_DONE);
    text_append(&parser->head, "", 0);
    /* Blanks behind a value may stay. */
    struct text head = {0};
    for (const char *at = parser->head.data; *at != '\0'; at++) {
        if (!(*at == ' ' && at[1] == '\n')) {
            text_append(&head, at, 1);
        }
    }
    assert_string_equal(head.data, lines);
    text_release(&head);
}

TEST(header_lines_are_kept_however_the_bytes_are_cut)
{
    struct response_parser parser;

    response_parser_init(&parser, NULL);
    for (size_t cut = 1; cut <= strlen(answer); cut++) {
        check_cut(&parser, answer, cut);
    }
    response_parser_release(&parser);
}

TEST(header_lines_of_an_interim_response_are_not_those_of_the_response)
{
    struct response_parser parser;
    struct text both = {0};

    text_add(&both, "HTTP/1.1 103 Early Hints\r\nLocation: /no\r\n\r\n");
    text_add(&both, answer);
    response_parser_init(&parser, NULL);
    for (size_t cut = 1; cut < both.length; cut++) {
        check_cut(&parser, both.data, cut);
    }
    response_parser_release(&parser);
    text_release(&both);
}

/* The known block has the framing, and not the lines. */
TEST(a_response_whose_block_is_known_is_parsed_where_its_lines_are_kept)
{
    struct known_head known = {0};
    struct response_parser parser;
    size_t used;

    response_parser_init(&parser, &known);
    response_parser_begin(&parser, false, false);
    assert_int_equal(response_parser_feed(&parser, answer, strlen(answer), &used), RESPONSE_DONE);
    assert_true(known.length > 0);
    check_cut(&parser, answer, strlen(answer));
    response_parser_begin(&parser, false, false);
    assert_false(parser.keep_head);
    response_parser_release(&parser);
}

static void add(struct http2_stream *stream, const char *name, const char *value)
{
    http2_stream_add_header(stream, name, strlen(name), value, strlen(value));
}

TEST(header_lines_of_http2_are_kept_too_and_only_where_they_are_wanted)
{
    struct http2_stream stream = {.keep_head = true};

    for (int wanted = 1; wanted >= 0; wanted--) {
        stream.keep_head = wanted == 1;
        http2_stream_begin(&stream);
        add(&stream, ":status", "103");
        add(&stream, "location", "/no");
        add(&stream, ":status", "201");
        add(&stream, "location", "/orders/7");
        assert_int_equal(stream.lines.length, wanted == 1 ? strlen("location:/orders/7\n") : 0);
        assert_true(wanted == 0 || strcmp(stream.lines.data, "location:/orders/7\n") == 0);
    }
    http2_stream_release(&stream);
}
