#include "load/target.h"

#include "fault_server.h"
#include "test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name; /* of the case and the URL */
    const char *host, *path, *url;
    unsigned port;
    bool tls;
} urls[] = {
    {"http://127.0.0.1:8080", "127.0.0.1", "/", "http://127.0.0.1:8080/", 8080, false},
    {"http://example.com", "example.com", "/", "http://example.com/", 80, false},
    {"https://example.com:443/a?b=c#d", "example.com", "/a?b=c", "https://example.com/a?b=c", 443, true},
    {"HTTP://[::1]:81/a b/{c}", "::1", "/a%20b/%7Bc%7D", "http://[::1]:81/a%20b/%7Bc%7D", 81, false},
    {"https://u:p@h:8443/x", "h", "/x", "https://h:8443/x", 8443, true},
};

TEST_EACH(a_url_is_taken_apart_and_put_together_without_its_user, urls)
{
    const __typeof__(urls[0]) *one = *state;
    struct target target;
    struct error err = {0};

    if (target_parse(&target, one->name, &err) != 0) {
        fail_msg("%s", err.message);
    }
    char *url = target_url(&target);
    assert_string_equal(target.name, one->host);
    assert_string_equal(target.path, one->path);
    assert_string_equal(url, one->url);
    assert_int_equal(target.port, one->port);
    assert_int_equal(target.tls, one->tls);
    assert_int_equal(target.authorization != NULL, strchr(one->name, '@') != NULL);
    free(url);
    target_release(&target);
}

static const struct {
    const char *name; /* of the case and the URL */
    const char *message;
} wrong[] = {
    {"", "\"\" has no scheme; expected a URL such as http://127.0.0.1:8080/items/1"},
    {"localhost:8080/a", "\"localhost:8080/a\" has no scheme; expected a URL such as http://127.0.0.1:8080/items/1"},
    {"http://", "\"http://\" is not a URL; expected one such as http://127.0.0.1:8080/items/1"},
    {"ws://127.0.0.1/", "\"ws://127.0.0.1/\" is not a URL; expected one such as http://127.0.0.1:8080/items/1"},
    {"ftp://127.0.0.1/", "ftp://127.0.0.1/: expected http:// or https://, found ftp://"},
};

TEST_EACH(what_is_no_url_of_a_service_is_refused, wrong)
{
    const __typeof__(wrong[0]) *one = *state;
    struct target target;
    struct error err = {0};

    assert_int_equal(target_parse(&target, one->name, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_string_equal(err.message, one->message);
}

TEST(a_try_tells_who_listens_from_who_does_not)
{
    struct fault_server *server = fault_server_start(&(struct fault_server_options){0});
    uint16_t port = fault_server_port(server);

    assert_int_equal(target_try("127.0.0.1", port), 0);
    uint64_t round_trip_ns = target_round_trip_ns("127.0.0.1", port);
    assert_true(round_trip_ns > 0 && round_trip_ns < 100000000);
    fault_server_stop(server, NULL);
    assert_int_equal(target_try("127.0.0.1", port), ECONNREFUSED);
    assert_int_equal(target_round_trip_ns("127.0.0.1", port), 0);
    assert_int_equal(target_try("nowhere", port), EINVAL); /* a name is no address */
}
