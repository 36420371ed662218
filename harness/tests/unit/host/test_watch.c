#include "host/watch/watch.h"

#include "host/process/port.h"
#include "sampler_fixture.h"
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct watch *open_one(const char *text, uint16_t port, bool local)
{
    const char *const texts[] = {text};
    struct watch *watch = NULL;
    struct error err = {0};

    if (watch_open(&watch, &(struct watch_options){.texts = texts, .count = 1, .port = port, .local = local}, &err) !=
        0) {
        fail_msg("%s", err.message);
    }
    return watch;
}

static void check_refused(const struct watch_options *options, enum error_kind kind, const char *words)
{
    struct watch *watch = NULL;
    struct error err = {0};

    assert_int_equal(watch_open(&watch, options, &err), -1);
    assert_null(watch);
    if (err.kind != kind || strstr(err.message, words) == NULL) {
        fail_msg("expected \"%s\" in \"%s\"", words, err.message);
    }
}

static void check_text_refused(const char *text, enum error_kind kind, const char *words)
{
    const char *const texts[] = {text};
    check_refused(&(struct watch_options){.texts = texts, .count = 1, .local = true, .port = 1}, kind, words);
}

TEST(a_process_is_watched_by_its_number_until_it_has_gone)
{
    struct sampler_fixture fixture = start_ready("busy", "3");
    struct service *service = fixture.service;
    char text[32], words[64];

    snprintf(text, sizeof text, "pid:%d", (int)service_pid(service));
    struct watch *watch = open_one(text, 0, false);
    struct sample sample;
    struct memory_reading memory;

    watch_sample(watch, &sample);
    assert_int_equal(sample.absent, SAMPLE_ACCEPT_QUEUE); /* no port was named */
    assert_int_equal(sample.processes, 1);
    assert_true(sample.cpu_ns > 0);
    assert_true(sample.rss_bytes > 0);
    snprintf(words, sizeof words, "process %d (", (int)service_pid(service));
    assert_non_null(strstr(watch_words(watch), words));
    assert_null(watch_missing(watch));
    assert_true(watch_core_count(watch) >= 1);
    assert_int_equal(core_set_count(watch_core_set(watch)), watch_core_count(watch));
    watch_memory(watch, &memory);
    assert_true(memory.peak_bytes >= memory.rss_bytes);
    assert_true(memory.rss_bytes > 0);
    assert_true(watch_alive(watch));
    service_stop(service, CLOCK_SECOND_NS, NULL);
    assert_false(watch_alive(watch));
    watch_free(watch);
    check_text_refused(text, ERROR_INPUT, "there is no process");
    end(&fixture);
}

TEST(nothing_is_watched_where_that_was_asked_for_but_the_queue_and_the_machine)
{
    struct watch *watch = open_one("none", 1, true);
    struct sample sample;
    struct memory_reading memory;

    watch_sample(watch, &sample);
    assert_int_equal(sample.absent & SAMPLE_MACHINE, 0);
    assert_int_equal(sample.absent | SAMPLE_ACCEPT_QUEUE, SAMPLE_ALL & ~SAMPLE_MACHINE);
    assert_null(watch_words(watch));
    assert_string_equal(watch_missing(watch), "--watch none");
    watch_memory(watch, &memory);
    assert_int_equal(memory.rss_bytes, 0);
    assert_true(watch_alive(watch));
    watch_free(watch);
}

TEST(a_service_elsewhere_is_not_watched_unless_somebody_says_how)
{
    struct watch *watch = NULL;
    struct sample sample;

    assert_int_equal(watch_open(&watch, &(struct watch_options){.port = 1}, NULL), 0);
    watch_sample(watch, &sample);
    assert_int_equal(sample.absent, SAMPLE_ALL);
    assert_non_null(strstr(watch_missing(watch), "another machine"));
    assert_int_equal(watch_core_count(watch), 0);
    watch_free(watch);
}

TEST(a_port_on_which_nobody_listens_is_an_error_only_where_it_was_asked_for)
{
    struct watch *watch = NULL;
    uint16_t port;

    assert_int_equal(port_find_free(&port, NULL), 0);
    assert_int_equal(watch_open(&watch, &(struct watch_options){.port = port, .local = true}, NULL), 0);
    assert_non_null(strstr(watch_missing(watch), "no process of this machine listens on port"));
    watch_free(watch);
    const char *const texts[] = {"auto"};
    check_refused(&(struct watch_options){.texts = texts, .count = 1, .port = port, .local = true}, ERROR_FAILED,
                  "watch auto: no process of this machine listens on port");
    check_refused(&(struct watch_options){.texts = texts, .count = 1, .port = port}, ERROR_INPUT,
                  "watch auto: the service runs on another machine");
}

TEST(what_is_not_there_is_said_with_the_text_that_names_it)
{
    check_text_refused("pid:4194303", ERROR_INPUT, "watch pid:4194303: there is no process 4194303");
    check_text_refused("cgroup:/no/such/group", ERROR_INPUT, "watch cgroup:/no/such/group: there is no control group");
    check_text_refused("surprise", ERROR_INPUT, "auto, pid:N, cgroup:PATH");
    check_text_refused("metrics:http://me:secret@127.0.0.1:1/metrics", ERROR_FAILED,
                       "watch metrics: http://127.0.0.1:1/metrics: the page cannot be fetched");
    const char *const texts[] = {"none", "auto"};
    check_refused(&(struct watch_options){.texts = texts, .count = 2, .local = true, .port = 1}, ERROR_INPUT,
                  "watch none: another watch is given beside it");
}

TEST(two_processes_add_up_and_the_same_one_counts_once)
{
    struct sampler_fixture first = start_ready("calm", NULL), second = start_ready("calm", NULL);
    char one[32], other[32];
    struct watch *watch = NULL;
    struct sample sample;

    snprintf(one, sizeof one, "pid:%d", (int)service_pid(first.service));
    snprintf(other, sizeof other, "pid:%d", (int)service_pid(second.service));
    const char *const texts[] = {one, other, one};
    assert_int_equal(watch_open(&watch, &(struct watch_options){.texts = texts, .count = 3}, NULL), 0);
    watch_sample(watch, &sample);
    assert_int_equal(sample.processes, 2);
    assert_true(watch_alive(watch));
    service_stop(second.service, CLOCK_SECOND_NS, NULL);
    assert_false(watch_alive(watch));
    watch_free(watch);
    end(&first);
    end(&second);
}

int before_tests(int argc, char **argv)
{
    int status;

    if (child_role_played(argc, argv, &status)) {
        return status;
    }
    return RUN_TESTS;
}
