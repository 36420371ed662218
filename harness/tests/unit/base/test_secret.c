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
