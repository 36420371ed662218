#include "base/secret.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

static void becomes_with(const char *text, char *const *environment, const char *expected)
{
    struct text out = {0};

    secret_cut(&out, text, environment);
    char *made = text_take(&out);
    assert_string_equal(made, expected);
    made = secret_without(made, environment); /* what was cut stays as it is */
    assert_string_equal(made, expected);
    free(made);
}

static void becomes(const char *text, const char *expected)
{
    becomes_with(text, NULL, expected);
}

static void stays(const char *text)
{
    becomes(text, text);
}

TEST(the_password_of_a_url_is_cut)
{
    becomes("connecting to postgresql://shop:hunter2@db:5432/shop?sslmode=off",
            "connecting to postgresql://shop:(cut)@db:5432/shop?sslmode=off");
    becomes("\"redis://:pass@host\", amqp://u:p@ss@h/", "\"redis://:(cut)@host\", amqp://u:(cut)@h/");
    stays("http://127.0.0.1:8080/items/1 and https://user@host/ and ftp://host:21/a@b");
    stays("a://");
    stays("://@");
}

TEST(what_is_assigned_to_a_well_known_name_is_cut)
{
    becomes("AWS_SECRET_ACCESS_KEY=wJalr/XUt+nF", "AWS_SECRET_ACCESS_KEY=(cut)");
    becomes("{\"password\": \"a \\\" b\", \"user\": \"me\"}", "{\"password\": \"(cut)\", \"user\": \"me\"}");
    becomes("{'API_TOKEN': 'abc', 'PORT': '80'}", "{'API_TOKEN': '(cut)', 'PORT': '80'}");
    becomes("host=db password=hunter2 user=me", "host=db password=(cut) user=me");
    becomes("GITHUB_TOKEN: ghp_1\nnext", "GITHUB_TOKEN: (cut)\nnext");
    becomes("authorization: Bearer abc.def\r\nHost: a", "authorization: (cut)\r\nHost: a");
    becomes("\"Authorization\": \"Bearer abc\"", "\"Authorization\": \"(cut)\"");
    becomes(":secret=>\"abc\"", ":secret=>\"(cut)\"");
    becomes("x-api-key=abc&y=1", "x-api-key=(cut)&y=1");
}

TEST(what_only_speaks_of_secrets_stays)
{
    stays("SyntaxError: Unexpected token: }");
    stays("unknown password for user \"shop\"");
    stays("KeyError: stock; tokens=5; AWS_REGION=eu-west-1; AWS_CA_BUNDLE=/etc/ssl; monkey=5");
    stays("no secret");
    stays("TOKEN=");
    stays("");
}

TEST(the_value_of_a_well_known_variable_is_cut_wherever_it_stands)
{
    char *environment[] = {"HOME=/home/somebody",
                           "SHOP_TOKEN=abcdefgh",
                           "LONG_SECRET=abcdefgh-and-more",
                           "EMPTY_TOKEN=",
                           "SHORT_SECRET=the",
                           "DATABASE_URL=postgresql://u:secretpw@h/db",
                           "odd",
                           NULL};

    becomes_with("got abcdefgh-and-more, abcdefgh in /home/somebody of the secretpw", environment,
                 "got (cut), (cut) in /home/somebody of the (cut)");
}

TEST(nothing_stays_nothing)
{
    assert_null(secret_without(NULL, NULL));
}

/* ---- what was kept ---- */

static void kept(const char *secret, const char *text, const char *expected)
{
    secret_forget();
    secret_keep(secret);
    becomes(text, expected);
    secret_forget();
    stays(text);
}

TEST(what_was_kept_is_cut_wherever_it_stands)
{
    kept("open sesame", "they said open sesame, twice: open sesameopen sesame", "they said (cut), twice: (cut)(cut)");
    kept("abcd", "xabcdx", "x(cut)x");
    kept("", "nothing is kept", "nothing is kept");
}

TEST(it_is_found_however_it_is_spelled)
{
    kept("a/b c\"<\xc3\xa9>", "/k/a%2Fb%20c%22%3C%C3%A9%3E/x", "/k/(cut)/x");
    kept("a/b c\"<\xc3\xa9>", "q=a%2fb+c%22<%c3%a9>&y", "q=(cut)&y");
    kept("a/b c\"<\xc3\xa9>", "{\"t\":\"a\\/b c\\\"\\u003c\\u00e9>\"}", "{\"t\":\"(cut)\"}");
    kept("a/b c\"<\xc3\xa9>", "<p>a/b c&quot;&lt;&#233;&#x3e;</p>", "<p>(cut)</p>");
    kept("a/b c\"<\xc3\xa9>", "'a/b c\"<\\xe9>'", "'(cut)'");
    kept("one\ttwo\\three", "one\\ttwo\\\\three", "(cut)");
    kept("wink \xf0\x9f\x98\x89 nudge", "wink \\ud83d\\ude09 nudge", "(cut)");
    kept("100%sure", "100%sure 100%25sure", "(cut) (cut)");
    kept("two\\\\slashes", "two\\\\slashes", "(cut)");
}

TEST(it_is_found_where_a_text_ends_or_begins_in_it)
{
    kept("correct-horse-battery", "it was correct-horse", "it was (cut)");
    kept("correct-horse-battery", "it was corr", "it was (cut)");
    kept("correct-horse-battery", "it was cor", "it was cor"); /* as any word */
    kept("correct/horse/battery", "it was correct%2Fhorse%", "it was (cut)");
    kept("correct-horse-battery", "orse-battery was it", "(cut) was it");
    kept("correct-horse-battery", "battery was it", "battery was it");
    kept("correct-horse-battery", "ect-horse-bat", "(cut)");
    kept("correct-horse-battery", "the correct horse", "the correct horse");
}

TEST(a_short_one_is_cut_where_it_is_a_word)
{
    kept("17", "17 of 1700 are 17, id=17", "(cut) of 1700 are (cut), id=(cut)");
}

TEST(of_several_the_longest_is_cut)
{
    secret_keep("token-1");
    secret_keep("token-1-and-2");
    secret_keep("other");
    becomes("token-1 token-1-and-2 other", "(cut) (cut) (cut)");
    secret_forget();
}

TEST(the_key_of_a_header_is_followed_by_a_sentence)
{
    stays("x.json:5: requests[0].headers.Authorization: no value is called \"tokn\"; the nearest is \"token\"");
    stays("x.json:5: requests[12].headers.Cookie: expected a string");
    becomes("req.headers.authorization: Bearer abc", "req.headers.authorization: (cut)");
}
