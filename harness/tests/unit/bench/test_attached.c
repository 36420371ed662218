/* A service that runs already: the fault server is one, and so is its end. */
#include "bench/service/attached.h"

#include "base/clock.h"
#include "bench/service/attached_instance.h"
#include "fault_server.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static struct manifest read_target(const char *text, const struct attached_options *options)
{
    struct manifest manifest;
    struct error err = {0};

    if (attached_read(&manifest, text, options, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return manifest;
}

TEST(a_target_is_called_as_it_says_or_as_its_host_and_port)
{
    const struct attached_options options = {.protocol = {.http2 = true}};
    struct manifest named = read_target("web=https://u:p@127.0.0.1:8443/a?b=c", &options);
    struct manifest nameless = read_target("http://[::1]:8080", &(struct attached_options){.allow_remote = true});

    assert_string_equal(named.name, "web");
    assert_string_equal(named.attached->url, "https://127.0.0.1:8443/a?b=c");
    assert_string_equal(named.attached->authorization, "Basic dTpw");
    assert_string_equal(named.attached->path, "/a?b=c");
    assert_string_equal(named.attached->address, "127.0.0.1");
    assert_int_equal(named.attached->port, 8443);
    assert_true(named.attached->tls && named.attached->http2 && !named.attached->remote);
    assert_string_equal(nameless.name, "[::1]:8080");
    assert_string_equal(nameless.attached->path, "/");
    assert_null(nameless.attached->authorization);
    manifest_release(&named);
    manifest_release(&nameless);
}

static const struct {
    const char *name; /* of the case and its text */
    const char *message;
} wrong[] = {
    {"127.0.0.1:8080", "has no scheme; expected a URL such as http://"},
    {"web=localhost:8080", "\"localhost:8080\" has no scheme"},
    {"ftp://127.0.0.1/", "expected http:// or https://"},
    {"http://", "is not a URL"},
    {"Web=http://127.0.0.1/", "expected NAME=URL"},
    {"http://192.0.2.1/", "is another machine; load goes to this one only, unless --allow-remote"},
};

TEST_EACH(what_is_no_target_is_refused, wrong)
{
    const __typeof__(wrong[0]) *one = *state;
    struct manifest manifest;
    struct error err = {0};

    assert_int_equal(attached_read(&manifest, one->name, &(struct attached_options){0}, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    if (strstr(err.message, one->message) == NULL) {
        fail_msg("%s", err.message);
    }
}

TEST(another_machine_is_told_from_this_one)
{
    struct manifest there = read_target("http://192.0.2.1/", &(struct attached_options){.allow_remote = true});
    struct manifest here = read_target("http://0.0.0.0:8080/", &(struct attached_options){.allow_remote = true});

    assert_true(there.attached->remote);
    assert_false(here.attached->remote);
    manifest_release(&there);
    manifest_release(&here);
}

/* The tests' own process listens, which nobody takes for the service: it is the harness. */
TEST(a_service_whose_process_is_not_found_is_gone_when_it_refuses)
{
    struct fault_server *server = fault_server_start(&(struct fault_server_options){0});
    char url[64];
    snprintf(url, sizeof url, "http://127.0.0.1:%u", fault_server_port(server));
    struct manifest manifest = read_target(url, &(struct attached_options){0});
    struct core_set cores = {{0}};
    struct instance instance;
    struct death death = {0};
    struct error err = {0};

    core_set_add(&cores, 0);
    const struct instance_options options = {.manifest = &manifest, .cores = &cores};
    assert_int_equal(instance_start(&instance, &options, &err), 0);
    assert_null(instance.followed);
    assert_non_null(strstr(instance.not_watched, "; give --watch 127.0.0.1:"));
    instance_death(&instance, &death);
    assert_false(death.died);
    fault_server_stop(server, NULL);
    instance_death(&instance, &death);
    assert_true(death.died && death.at_ns <= clock_now_ns());
    assert_int_equal(death.exit_code, -1);
    instance_stop(&instance);
    assert_int_equal(instance_start(&instance, &options, &err), -1);
    assert_non_null(strstr(err.message, "no connection: Connection refused"));
    manifest_release(&manifest);
}
