/* Services that leave their work to a process outside of their family, started as a backend is. */
#include "bench/service/instance.h"

#include "base/clock.h"
#include "host/process/port_owner.h"
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000 };

static struct instance start(const char *fault)
{
    char *argv[] = {TOY_SERVICE, (char *)(uintptr_t)fault, NULL};
    struct manifest manifest = {.name = (char *)(uintptr_t)fault,
                                .folder = (char *)"/",
                                .ready = (char *)"/healthz",
                                .run = {.argv = argv}};
    struct core_set cores = {{0}};
    struct instance instance;
    struct error err = {0};

    core_set_add(&cores, 0);
    if (instance_start(&instance, &(struct instance_options){.manifest = &manifest, .cores = &cores}, &err) != 0) {
        fail_msg("%s", err.message);
    }
    print_message("%s: followed %s, not watched: %s\n", fault, instance.followed != NULL ? instance.followed : "-",
                  instance.not_watched != NULL ? instance.not_watched : "-");
    return instance;
}

/* One request, which costs the toy 12 ms of CPU. */
static void ask(const struct instance *instance)
{
    static const char request[] = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(instance->port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    char response[512];
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_int_equal(connect(fd, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(write(fd, request, strlen(request)), strlen(request));
    assert_true(read(fd, response, sizeof response) > 0);
    close(fd);
}

/* The CPU time that the watch sees of twenty requests, in ns. */
static uint64_t seen_of_twenty(struct instance *instance)
{
    struct sample before, after;

    watch_sample(instance->watch, &before);
    for (int i = 0; i < 20; i++) {
        ask(instance);
    }
    watch_sample(instance->watch, &after);
    return after.cpu_ns - before.cpu_ns;
}

static pid_t outside(const struct instance *instance)
{
    return instance->server.pid;
}

static void check_followed(const char *fault)
{
    struct instance instance = start(fault);
    struct death death = {0};
    struct outsider witness;
    pid_t pid = outside(&instance);

    assert_null(instance.not_watched);
    assert_non_null(instance.followed);
    assert_int_equal(strtol(instance.followed, NULL, 10), pid);
    assert_non_null(strstr(instance.followed, " toy_service"));
    assert_true(seen_of_twenty(&instance) >= 20 * 11 * CLOCK_MILLISECOND_NS);
    instance_death(&instance, &death);
    assert_false(death.died); /* though the process that was started may have ended */
    assert_int_equal(outsider_hold(&witness, pid, false), 0);
    instance_stop(&instance);
    assert_true(outsider_ended(&witness));
    outsider_end(&witness, 0);
}

TEST(a_daemon_whose_starter_waits_is_followed)
{
    check_followed("daemon");
}

TEST(a_daemon_whose_starter_has_left_is_followed)
{
    check_followed("detached");
}

TEST(the_end_of_a_daemon_is_the_death_of_the_service)
{
    struct instance instance = start("detached");
    struct death death = {0};

    kill(outside(&instance), SIGKILL);
    for (int i = 0; i < PATIENCE_MS && !death.died; i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
        instance_death(&instance, &death);
    }
    assert_true(death.died);
    assert_true(death.at_ns <= clock_now_ns() && death.at_ns > 0);
    assert_int_equal(death.exit_code, -1); /* only its parent knows how */
    assert_int_equal(death.signal, 0);
    free(death.output);
    instance_stop(&instance);
}

/* Whoever only passes on what it gets is not the service. */
TEST(a_service_behind_a_forwarder_is_not_watched)
{
    struct instance instance = start("forwarder");
    struct port_owner owner;
    struct sample sample;

    port_owner_find(instance.port, 0, &owner);
    assert_string_equal(owner.name, "docker-proxy");
    assert_null(instance.followed);
    assert_non_null(instance.not_watched);
    assert_non_null(strstr(instance.not_watched, "(docker-proxy)"));
    watch_sample(instance.watch, &sample);
    assert_int_equal(sample.processes, 0);
    assert_int_equal(sample.cpu_ns, 0);
    assert_int_equal(sample.rss_bytes, 0);
    assert_true(sample.busy_ns > 0); /* the machine is read all the same */
    instance_stop(&instance);
    kill(owner.pid, SIGKILL); /* it is nobody's to end but the test's */
}

/* The one that was started is there when the service is ready, and leaves later. */
TEST(a_starter_that_leaves_its_child_at_work_is_no_death)
{
    struct instance instance = start("leaver");
    struct death death = {0};
    struct outsider witness;
    struct ending ending;
    pid_t pid = outside(&instance);

    assert_null(instance.followed); /* a child, as it should be */
    assert_int_not_equal(pid, 0);
    assert_true(seen_of_twenty(&instance) >= 20 * 11 * CLOCK_MILLISECOND_NS);
    kill(service_pid(instance.service), SIGUSR1); /* leave */
    for (int i = 0; i < PATIENCE_MS && !service_ended(instance.service, &ending); i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    assert_true(service_ended(instance.service, &ending));
    instance_death(&instance, &death);
    assert_false(death.died);
    assert_true(seen_of_twenty(&instance) >= 20 * 11 * CLOCK_MILLISECOND_NS);
    assert_int_equal(outsider_hold(&witness, pid, false), 0);
    instance_stop(&instance);
    assert_true(outsider_ended(&witness));
    outsider_end(&witness, 0);
}

TEST(a_service_that_serves_itself_follows_nobody)
{
    struct instance instance = start("cpu");

    assert_null(instance.followed);
    assert_null(instance.not_watched);
    assert_int_equal(outside(&instance), 0);
    assert_true(seen_of_twenty(&instance) >= 20 * 11 * CLOCK_MILLISECOND_NS);
    instance_stop(&instance);
}
