#include "load/users/captured.h"

#include "test.h"

#include <string.h>

/* What is taken of a response; the caller releases it. */
static const char *take(const struct capture *capture, const char *head, const char *body, struct text *out)
{
    const struct session_step step = {.captures = (struct capture *)capture, .capture_count = 1};
    const struct response response = {.status = 200,
                                      .head = head,
                                      .head_length = head != NULL ? strlen(head) : 0,
                                      .body = body,
                                      .body_length = body != NULL ? strlen(body) : 0,
                                      .body_bytes = body != NULL ? strlen(body) : 0};
    struct captured_fault fault = captured_take(&step, &response, out);

    assert_true(fault.capture == (fault.why != NULL ? capture : NULL));
    return fault.why;
}

static const struct {
    const char *name, *pointer, *body, *text;
} members[] = {
    {"a_string_is_taken", "/token", "{\"token\": \"abc\"}", "abc"},
    {"an_escaped_string_is_taken_as_what_it_says", "/token", "{\"token\": \"a\\u00e9\\n\"}", "a\xc3\xa9\n"},
    {"a_number_is_taken", "/id", "{\"id\": 17}", "17"},
    {"a_fraction_is_taken", "/id", "{\"id\": 1.1}", "1.1"},
    {"a_truth_is_taken", "/ok", "{\"ok\": true}", "true"},
    {"a_nested_member_is_found", "/a/b", "{\"a\": {\"b\": \"x\"}}", "x"},
    {"an_element_is_found", "/items/1/id", "{\"items\": [{\"id\": 1}, {\"id\": 2}]}", "2"},
    {"the_top_may_be_an_array", "/0", "[\"x\"]", "x"},
    {"tilde_one_is_a_slash", "/a~1b", "{\"a/b\": \"x\"}", "x"},
    {"tilde_nought_is_a_tilde", "/a~01", "{\"a~1\": \"x\"}", "x"},
    {"an_empty_name_is_a_name", "/", "{\"\": \"x\"}", "x"},
};

TEST_EACH(a_member_is_taken, members)
{
    const __typeof__(members[0]) *each = *state;
    struct text out = {0};

    assert_null(take(&(struct capture){.pointer = (char *)each->pointer}, NULL, each->body, &out));
    assert_string_equal(out.data, each->text);
    text_release(&out);
}

static const struct {
    const char *name, *pointer, *body, *why;
} missing[] = {
    {"no_body_is_no_json", "/a", NULL, "the body is no JSON"},
    {"html_is_no_json", "/a", "<html>", "the body is no JSON"},
    {"an_absent_member_is_missing", "/a", "{\"b\": 1}", "there is no such member"},
    {"a_member_of_a_string_is_missing", "/a/b", "{\"a\": \"b\"}", "there is no such member"},
    {"null_is_missing", "/a", "{\"a\": null}", "it is null, an array or an object"},
    {"an_object_is_missing", "/a", "{\"a\": {}}", "it is null, an array or an object"},
    {"an_empty_string_is_missing", "/a", "{\"a\": \"\"}", "it is empty"},
    {"no_element_is_beyond_the_end", "/2", "[1, 2]", "there is no such member"},
    {"an_index_has_no_zero_before_it", "/01", "[1, 2]", "there is no such member"},
    {"an_index_has_no_sign", "/-1", "[1, 2]", "there is no such member"},
};

TEST_EACH(a_member_is_missing, missing)
{
    const __typeof__(missing[0]) *each = *state;
    struct text out = {0};

    assert_string_equal(take(&(struct capture){.pointer = (char *)each->pointer}, NULL, each->body, &out), each->why);
    text_release(&out);
}

TEST(a_number_is_none_in_quotes_where_one_is_wanted)
{
    const struct capture number = {.pointer = "/id", .number = true};
    struct text out = {0};

    assert_null(take(&number, NULL, "{\"id\": 17}", &out));
    assert_string_equal(out.data, "17");
    assert_string_equal(take(&number, NULL, "{\"id\": \"17\"}", &out), "it is no number");
    text_release(&out);
}

TEST(a_header_is_found_in_any_case_and_without_the_blanks_around_it)
{
    static const char head[] = "Date:x\nLOCATION:  /orders/7 \r\nLocation-Other:no\nLocation:second\n";
    struct text out = {0};

    assert_null(take(&(struct capture){.header = "Location"}, head, NULL, &out));
    assert_string_equal(out.data, "/orders/7");
    assert_string_equal(take(&(struct capture){.header = "Loc"}, head, NULL, &out), "there is no such header");
    assert_string_equal(take(&(struct capture){.header = "Location"}, NULL, NULL, &out), "there is no such header");
    text_release(&out);
}

TEST(what_is_for_a_path_is_one_and_of_a_url_the_path_is_taken)
{
    const struct capture path = {.header = "Location", .path = true};
    struct text out = {0};

    assert_null(take(&path, "Location:/orders/7?full=1#top\n", NULL, &out));
    assert_string_equal(out.data, "/orders/7?full=1");
    assert_int_equal(out.length, strlen(out.data));
    assert_null(take(&path, "Location:https://shop.example:8443/orders/8\n", NULL, &out));
    assert_string_equal(out.data, "/orders/8");
    assert_null(take(&path, "Location:/go?to=http://b/c\n", NULL, &out));
    assert_string_equal(out.data, "/go?to=http://b/c");
    assert_non_null(take(&path, "Location:orders/7\n", NULL, &out));
    assert_non_null(take(&path, "Location:http://shop.example\n", NULL, &out));
    assert_non_null(take(&path, "Location:/a b\n", NULL, &out));
    text_release(&out);
}

TEST(what_no_header_can_hold_is_missing_where_it_is_for_one)
{
    const struct capture capture = {.pointer = "/a", .in_header = true};
    struct text out = {0};

    assert_string_equal(take(&capture, NULL, "{\"a\": \"x\\r\\nHost: y\"}", &out),
                        "it has bytes that cannot stand in a header");
    assert_string_equal(take(&capture, NULL, "{\"a\": \"x\\u0000y\"}", &out),
                        "it has bytes that cannot stand in a header");
    text_release(&out);
}

TEST(what_is_too_long_is_missing)
{
    struct text body = {0}, out = {0};

    text_add(&body, "{\"a\": \"");
    for (int i = 0; i < CAPTURE_BYTES_MOST; i++) {
        text_add(&body, "x");
    }
    struct text more = {0};
    text_append(&more, body.data, body.length);
    text_add(&body, "\"}");
    assert_null(take(&(struct capture){.pointer = "/a"}, NULL, body.data, &out));
    assert_int_equal(out.length, CAPTURE_BYTES_MOST);
    text_add(&more, "x\"}");
    assert_string_equal(take(&(struct capture){.pointer = "/a"}, NULL, more.data, &out),
                        "it is longer than 8,192 bytes");
    text_release(&body);
    text_release(&more);
    text_release(&out);
}

TEST(several_captures_are_taken_in_order_until_one_is_missing)
{
    struct capture captures[] = {{.value = 2, .pointer = "/a"},
                                 {.value = 0, .pointer = "/none"},
                                 {.value = 1, .pointer = "/a"}};
    const struct session_step step = {.captures = captures, .capture_count = 3};
    const struct response response = {.body = "{\"a\": 1}", .body_length = 8, .body_bytes = 8};
    struct text kept[3] = {{0}};
    struct captured_fault fault = captured_take(&step, &response, kept);

    assert_ptr_equal(fault.capture, &captures[1]);
    assert_string_equal(kept[2].data, "1");
    assert_null(kept[1].data);
    for (int i = 0; i < 3; i++) {
        text_release(&kept[i]);
    }
}
