#include "record/words/wrong_response_phrase.h"

#include "test.h"

#include <math.h>

static void check(struct wrong_response wrong, const char *expected)
{
    struct text out = {0};

    wrong_response_phrase(&out, &wrong);
    assert_string_equal(out.data, expected);
    text_release(&out);
}

TEST(a_wrong_status_is_told_with_the_expected_one)
{
    check((struct wrong_response){.status = 404,
                                  .expected_status = 200,
                                  .expected_bytes = NAN,
                                  .body = "none",
                                  .body_bytes = 4},
          "status 404 instead of status 200, body \"none\"");
    check((struct wrong_response){.status = 302, .expected_bytes = NAN, .body = ""},
          "status 302 instead of any 2xx, no body");
}

TEST(a_wrong_body_is_told_by_what_differs_in_it)
{
    check((struct wrong_response){.status = 200, .expected_bytes = 1234, .body = "x", .body_bytes = 1},
          "a body of 1 bytes instead of a body of 1,234 bytes, body \"x\"");
    check((struct wrong_response){.status = 200,
                                  .expected_bytes = NAN,
                                  .member = "id",
                                  .expected_value = "17",
                                  .came_value = "\"18\"",
                                  .body = "{\"id\":\"18\"}",
                                  .body_bytes = 11},
          "\"id\": \"18\" instead of \"id\": 17, body \"{\"id\":\"18\"}\"");
    check((struct wrong_response){.status = 200,
                                  .expected_bytes = NAN,
                                  .member = "id",
                                  .expected_value = "17",
                                  .body = "[]",
                                  .body_bytes = 2},
          "no \"id\" instead of \"id\": 17, body \"[]\"");
}

TEST(what_is_no_http_response_is_told_by_why)
{
    check((struct wrong_response){.expected_bytes = NAN,
                                  .unreadable = "byte 58 (0x3b, ;): expected a digit",
                                  .body = ""},
          "no HTTP response (byte 58 (0x3b, ;): expected a digit) instead of any 2xx");
}

TEST(a_body_that_was_not_searched_is_told_by_why)
{
    check((struct wrong_response){.status = 200,
                                  .expected_bytes = NAN,
                                  .member = "id",
                                  .expected_value = "17",
                                  .unreadable = "the body is gzip, which is not decoded",
                                  .body = "x",
                                  .body_bytes = 1},
          "no \"id\" (the body is gzip, which is not decoded) instead of \"id\": 17, body \"x\"");
}

TEST(what_cannot_be_captured_is_told_by_what_and_why)
{
    check((struct wrong_response){.status = 200,
                                  .expected_bytes = NAN,
                                  .capture = "{token} from /access_token",
                                  .unreadable = "there is no such member",
                                  .body = "{}",
                                  .body_bytes = 2},
          "status 200 without it (there is no such member) instead of {token} from /access_token to be captured, "
          "body \"{}\"");
}

TEST(what_a_service_sends_cannot_steer_the_terminal)
{
    check((struct wrong_response){.status = 500, .expected_bytes = NAN, .body = "a\x1b[2J\nb", .body_bytes = 4000},
          "status 500 instead of any 2xx, body \"a\uFFFD[2J b\" and so on, 4,000 bytes in all");
}

TEST(it_is_told_line_by_line_too)
{
    const struct wrong_response wrong = {
        .status = 404, .expected_status = 200, .expected_bytes = NAN, .body = "none", .body_bytes = 4};
    struct text out = {0};

    wrong_response_phrase_lines(&out, &wrong, "GET /items/{id}");
    assert_string_equal(
        out.data, "   request   GET /items/{id}\n   expected  status 200\n   came      status 404, body \"none\"\n");
    text_release(&out);
}
