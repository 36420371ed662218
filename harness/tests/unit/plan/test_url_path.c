#include "plan/traffic/url_path.h"

#include "test.h"

#include <string.h>

static void check(const char *part, const char *wanted)
{
    struct text out = {0};

    url_path_encode(&out, part, strlen(part));
    assert_string_equal(out.data, wanted);
    text_release(&out);
}

TEST(what_a_request_line_cannot_hold_is_encoded)
{
    check("/a b\"<>\\^`{|}#", "/a%20b%22%3C%3E%5C%5E%60%7B%7C%7D%23");
    check("/caf\xc3\xa9\x7f\x01", "/caf%C3%A9%7F%01");
}

TEST(what_it_can_hold_stays_as_it_is)
{
    check("/items/1?q=a+b&x=%20%7Bid%7D;~!$'()*,:@[]", "/items/1?q=a+b&x=%20%7Bid%7D;~!$'()*,:@[]");
}
