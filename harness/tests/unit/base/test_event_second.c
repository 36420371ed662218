#include "base/events/event_second.h"

#include "test.h"

#include <string.h>

static const char *why(const char *id, const char *data, uint64_t *ret_second)
{
    struct stream_event event = {.id = id,
                                 .id_length = id != NULL ? strlen(id) : 0,
                                 .data = data,
                                 .data_length = strlen(data)};
    return event_second(&event, ret_second);
}

TEST(a_message_says_its_second_twice)
{
    static const char *const ways[] = {"{\"second\":1764510000}", "{ \"second\" : 1764510000 }",
                                       "{\n\"second\":\t1764510000}"};

    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        uint64_t second = 0;
        assert_null(why("1764510000", ways[i], &second));
        assert_int_equal(second, 1764510000);
    }
}

TEST(what_is_no_message_is_told_why)
{
    static const struct {
        const char *id, *data, *why;
    } cases[] = {
        {NULL, "{\"second\":7}", "no second as its id"},
        {"", "{\"second\":7}", "no second as its id"},
        {"07", "{\"second\":7}", "no second as its id"},
        {"+7", "{\"second\":7}", "no second as its id"},
        {"7 ", "{\"second\":7}", "no second as its id"},
        {"1234567890123", "{\"second\":1234567890123}", "no second as its id"},
        {"7", "{\"second\":8}", "not the second of its id"},
        {"7", "{\"second\":7.0}", "not the second of its id"},
        {"7", "{\"second\":\"7\"}", "not the second of its id"},
        {"7", "{\"second\":7,\"more\":1}", "not the second of its id"},
        {"7", "{\"second\":7,\"second\":7}", "not the second of its id"},
        {"7", "{\"second\":7} x", "not the second of its id"},
        {"7", "7", "not the second of its id"},
        {"7", "", "not the second of its id"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t second = 99;
        const char *told = why(cases[i].id, cases[i].data, &second);
        assert_non_null(told);
        assert_non_null(strstr(told, cases[i].why));
        assert_int_equal(second, 99);
    }
}

TEST(a_type_and_what_was_cut_are_no_message)
{
    struct stream_event event = {.id = "7", .id_length = 1, .data = "{\"second\":7}", .data_length = 12, .typed = true};
    uint64_t second;

    assert_non_null(event_second(&event, &second));
    event.typed = false;
    event.too_long = true;
    assert_non_null(event_second(&event, &second));
    event.too_long = false;
    assert_null(event_second(&event, &second));
}
