#include "base/events/event_parser.h"

#include "base/text.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static void show(void *context, const struct stream_event *event)
{
    struct text *out = context;

    text_format(out, "%.*s|%.*s%s%s;", event->id != NULL ? (int)event->id_length : 1,
                event->id != NULL ? event->id : "-", (int)event->data_length, event->data, event->typed ? "|typed" : "",
                event->too_long ? "|long" : "");
}

/* What is read of the bytes, whichever way they are cut in two. */
static void check(const char *bytes, size_t length, const char *expected)
{
    for (size_t cut = 0; cut <= length; cut++) {
        struct event_parser parser = {0};
        struct text out = {0};
        text_add(&out, "");
        event_parser_feed(&parser, bytes, cut, show, &out);
        event_parser_feed(&parser, bytes + cut, length - cut, show, &out);
        assert_string_equal(out.data, expected);
        text_release(&out);
    }
}

static void read_as(const char *text, const char *expected)
{
    check(text, strlen(text), expected);
}

TEST(an_event_is_its_fields_up_to_an_empty_line)
{
    read_as("id: 7\ndata: a\n\nid: 8\ndata: b\n\n", "7|a;8|b;");
    read_as("data: a\n\ndata: b\n", "-|a;"); /* the second is not whole */
    read_as("data: a\nid: 7\nid: 9\n\n", "9|a;");
}

TEST(lines_end_with_cr_lf_or_both)
{
    read_as("id: 7\rdata: a\r\rid: 8\r\ndata: b\r\n\r\n", "7|a;8|b;");
    read_as("data: a\r\n\n", "-|a;");
    read_as("data: a\n\r\n\r\ndata: b\n\n", "-|a;-|b;");
}

TEST(one_space_behind_the_colon_is_left_out)
{
    read_as("data:a\n\ndata: a\n\ndata:  a\n\n", "-|a;-|a;-| a;");
    read_as("data\n\ndata:\ndata:\n\n", "-|;-|\n;");
}

TEST(data_lines_are_joined_and_an_event_without_data_is_none)
{
    read_as("data: a\ndata: b\n\n", "-|a\nb;");
    read_as("id: 7\n\ndata: a\n\n", "-|a;");
}

TEST(comments_and_what_is_not_known_say_nothing)
{
    read_as(": hello\n:\n\ndata: a\nretry: 100\nshape: round\n data: b\n: bye\n\n", "-|a;");
}

TEST(a_type_is_told_apart_from_message)
{
    read_as("event: tick\ndata: a\n\nevent: message\ndata: b\n\nevent:\ndata: c\n\n", "-|a|typed;-|b;-|c;");
    read_as("event: tick\n\ndata: a\n\n", "-|a;"); /* no data: the type is forgotten */
}

TEST(a_byte_order_mark_may_stand_first)
{
    read_as("\xef\xbb\xbf"
            "data: a\n\n\xef\xbb\xbf"
            "data: b\n\n",
            "-|a;");
}

TEST(an_id_with_nul_is_none)
{
    static const char bytes[] = "id: 7\0\ndata: a\n\n";
    check(bytes, sizeof bytes - 1, "-|a;");
}

TEST(what_has_no_room_is_marked_and_only_where_it_matters)
{
    char bytes[1024];
    char expected[1024];

    snprintf(bytes, sizeof bytes, "id: 7\ndata: %0*d\n\ndata: b\n\n", EVENT_DATA_MOST, 0);
    snprintf(expected, sizeof expected, "7|%0*d;-|b;", EVENT_DATA_MOST, 0);
    read_as(bytes, expected);
    snprintf(bytes, sizeof bytes, "data: %0*d\n\ndata: b\n\n", EVENT_DATA_MOST + 1, 0);
    snprintf(expected, sizeof expected, "-|%0*d|long;-|b;", EVENT_DATA_MOST, 0);
    read_as(bytes, expected);
    snprintf(bytes, sizeof bytes, "data: %0*d\ndata: b\n\n", EVENT_DATA_MOST, 0);
    snprintf(expected, sizeof expected, "-|%0*d|long;", EVENT_DATA_MOST, 0);
    read_as(bytes, expected);
    snprintf(bytes, sizeof bytes, ": %0400d\nshape: %0400d\ndata: b\n\n", 0, 0);
    read_as(bytes, "-|b;");
    snprintf(bytes, sizeof bytes, "id: %0*d\ndata: b\n\n", EVENT_ID_MOST + 1, 0);
    snprintf(expected, sizeof expected, "%0*d|b|long;", EVENT_ID_MOST, 0);
    read_as(bytes, expected);
}
