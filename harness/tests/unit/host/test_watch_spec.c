#include "host/watch/watch_spec.h"

#include "test.h"

#include <string.h>

static void check(const char *text, enum watch_kind kind, const char *argument)
{
    struct watch_spec spec;
    struct error err = {0};

    assert_int_equal(watch_spec_read(&spec, text, &err), 0);
    assert_int_equal(spec.kind, kind);
    if (argument == NULL) {
        assert_null(spec.argument);
    } else {
        assert_string_equal(spec.argument, argument);
    }
    watch_spec_release(&spec);
}

static void check_refused(const char *text, const char *words)
{
    struct watch_spec spec = {.pid = 4711};
    struct error err = {0};

    assert_int_equal(watch_spec_read(&spec, text, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    if (strstr(err.message, words) == NULL) {
        fail_msg("\"%s\": expected \"%s\" in \"%s\"", text, words, err.message);
    }
    assert_int_equal(spec.pid, 4711);
}

TEST(each_kind_of_watch_is_read)
{
    check("auto", WATCH_AUTO, NULL);
    check("none", WATCH_NONE, NULL);
    check("pid:4711", WATCH_PID, "4711");
    check("cgroup:/system.slice/web.service", WATCH_CGROUP, "/system.slice/web.service");
    check("container:shop-db_1", WATCH_CONTAINER, "shop-db_1");
    check("metrics:http://127.0.0.1:8080/metrics", WATCH_METRICS, "http://127.0.0.1:8080/metrics");
    check("ssh:me@web-1", WATCH_SSH, "me@web-1");
}

TEST(an_unknown_watch_is_told_which_ones_there_are)
{
    static const char all[] = "auto, pid:N, cgroup:PATH, container:NAME, metrics:URL, ssh:HOST, none";

    check_refused("", all);
    check_refused("automatic", all);
    check_refused("pid", all);
    check_refused("auto:1", all);
    check_refused("metric:http://a/", "did you mean \"metrics\"?");
}

TEST(what_follows_the_colon_must_be_possible)
{
    check_refused("pid:", "nothing follows the colon");
    check_refused("pid:0", "expected the number of a process");
    check_refused("pid:-3", "expected the number of a process");
    check_refused("pid:12x", "expected the number of a process");
    check_refused("pid:99999999999999999999", "expected the number of a process");
    check_refused("metrics:127.0.0.1:8080", "expected a URL");
    check_refused("cgroup:web", "expected a path");
    check_refused("ssh:-oProxyCommand=x", "does not begin with a dash");
    check_refused("container:a b", "without blanks");
}
