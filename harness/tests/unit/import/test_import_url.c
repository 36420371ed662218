#include "import/url.h"

#include "test.h"

#include <string.h>

static void assert_url(const char *text, const char *origin, const char *target, const char *user)
{
    struct url url;

    assert_int_equal(url_read(&url, text), 0);
    assert_string_equal(url.origin, origin);
    assert_string_equal(url.target, target);
    if (user == NULL) {
        assert_null(url.user);
    } else {
        assert_string_equal(url.user, user);
    }
    url_release(&url);
}

TEST(urls_are_split_into_server_and_target)
{
    assert_url("http://127.0.0.1:8080/items/1?x=1#top", "http://127.0.0.1:8080", "/items/1?x=1", NULL);
    assert_url("HTTPS://Shop.Example:443", "https://shop.example", "/", NULL);
    assert_url("http://shop.example:80?x", "http://shop.example", "/?x", NULL);
    assert_url("http://[::1]:8080/", "http://[::1]:8080", "/", NULL);
    assert_url("http://ann:p%40ss@h/", "http://h", "/", "ann:p@ss");
    assert_url("http://ann@h/", "http://h", "/", "ann:");
    assert_url("/a?b", "", "/a?b", NULL);
}

TEST(what_a_request_line_cannot_hold_is_encoded)
{
    assert_url("/a b/\xc3\xa9?q={x}&r=%20\"", "", "/a%20b/%C3%A9?q=%7Bx%7D&r=%20%22", NULL);
    assert_url("/\x01\x02\x03", "", "/%01%02%03", NULL);
}

TEST(other_texts_are_no_urls)
{
    static const char *const texts[] = {"",          "ftp://h/", "http://",    "http:///a",           "http://a b/",
                                        "//h/a",     "h/a",      "http://:80", "http://caf\xc3\xa9/", "https://@/",
                                        "http:/h/a", "*"};
    struct url url;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (url_read(&url, texts[i]) == 0) {
            fail_msg("%s", texts[i]);
        }
    }
}

TEST(decoding_gives_what_was_encoded)
{
    struct text text = {0};

    url_decode(&text, "a%20b+c%2", 9, true);
    assert_string_equal(text.data, "a b c%2");
    text_clear(&text);
    url_decode(&text, "a+b%zz%41", 9, false);
    assert_string_equal(text.data, "a+b%zzA");
    text_release(&text);
}
