#include "plan/manifest/attachment.h"

#include "test.h"

#include <stdlib.h>

static const struct {
    const char *name; /* of the case and its text */
    const char *named, *url;
} right[] = {
    {"http://127.0.0.1:8080", NULL, "http://127.0.0.1:8080"},
    {"http://127.0.0.1:8080/?a=b", NULL, "http://127.0.0.1:8080/?a=b"},
    {"web-2=https://example.com/", "web-2", "https://example.com/"},
    {"web=http://h/?a=b://c", "web", "http://h/?a=b://c"},
    {"127.0.0.1:8080", NULL, "127.0.0.1:8080"}, /* whoever reads the URL says that it has no scheme */
    {"web=127.0.0.1:8080", "web", "127.0.0.1:8080"},
};

TEST_EACH(a_name_stands_before_the_url, right)
{
    const __typeof__(right[0]) *one = *state;
    struct error err = {0};
    const char *url;
    char *name;

    assert_int_equal(attachment_split(one->name, &name, &url, &err), 0);
    if (one->named == NULL) {
        assert_null(name);
    } else {
        assert_string_equal(name, one->named);
    }
    assert_string_equal(url, one->url);
    free(name);
}

static const struct {
    const char *name;
} wrong[] = {{"=http://h/"}, {"Web=http://h/"}, {"a b=http://h/"}, {"a,b=http://h/"}};

TEST_EACH(a_name_is_of_small_letters_digits_and_dashes, wrong)
{
    const __typeof__(wrong[0]) *one = *state;
    struct error err = {0};
    const char *url;
    char *name;

    assert_int_equal(attachment_split(one->name, &name, &url, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
}
