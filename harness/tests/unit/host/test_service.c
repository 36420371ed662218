#include "host/process/port.h"
#include "host/process/service.h"

#include "service_fixture.h"
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/socket.h>

TEST(a_running_service_has_not_ended)
{
    struct service *service = start_service("calm", NULL, NULL);
    struct ending ending;

    wait_for_word(service, "ready");
    assert_false(service_ended(service, &ending));
    assert_false(wait_for_end(service, CLOCK_MILLISECOND_NS));
    assert_true(is_living(service_pid(service)));
    assert_int_equal(getpgid(service_pid(service)), service_pid(service));
    assert_true(service_started_ns(service) <= clock_now_ns());
    service_free(service);
    check_no_children();
}

TEST(sigterm_ends_a_service_that_heeds_it)
{
    static const struct {
        const char *role;
        int exit_code, signal;
    } cases[] = {{"graceful", 0, 0}, {"calm", -1, SIGTERM}};

    for (size_t i = 0; i < 2; i++) {
        struct service *service = start_service(cases[i].role, NULL, NULL);
        struct service_end end, again;
        wait_for_word(service, "ready");
        service_stop(service, 20 * CLOCK_SECOND_NS, &end);
        assert_false(end.forced);
        assert_false(end.before);
        assert_int_equal(end.ending.exit_code, cases[i].exit_code);
        assert_int_equal(end.ending.signal, cases[i].signal);
        assert_true(end.stop_at_ns > service_started_ns(service));
        assert_true(end.ending.at_ns >= end.stop_at_ns);
        service_stop(service, 0, &again);
        assert_memory_equal(&end, &again, sizeof end);
        service_free(service);
    }
    check_no_children();
}

TEST(a_service_that_ignores_sigterm_is_killed_and_that_is_said)
{
    struct service *service = start_service("stubborn", NULL, NULL);
    struct service_end end;

    wait_for_word(service, "ready");
    pid_t pid = service_pid(service);
    service_stop(service, 100 * CLOCK_MILLISECOND_NS, &end);
    assert_true(end.forced);
    assert_false(end.before);
    assert_int_equal(end.ending.signal, SIGKILL);
    assert_true(end.ending.at_ns - end.stop_at_ns >= 100 * CLOCK_MILLISECOND_NS);
    assert_int_equal(process_state(pid), 0);
    service_free(service);
    check_no_children();
}

TEST(a_suspended_service_can_be_stopped)
{
    struct service *service = start_service("graceful", NULL, NULL);
    struct service_end end;

    wait_for_word(service, "ready");
    kill(service_pid(service), SIGSTOP);
    service_stop(service, 20 * CLOCK_SECOND_NS, &end);
    assert_false(end.forced);
    assert_int_equal(end.ending.exit_code, 0);
    service_free(service);
}

TEST(its_own_exit_is_seen_with_code_moment_and_last_words)
{
    uint64_t before = clock_now_ns();
    struct service *service = start_service("leave", "3", NULL);
    struct ending ending;
    struct service_end end;

    assert_true(wait_for_end(service, 20 * CLOCK_SECOND_NS));
    assert_true(service_ended(service, &ending));
    uint64_t after = clock_now_ns();
    assert_int_equal(ending.exit_code, 3);
    assert_int_equal(ending.signal, 0);
    assert_true(before <= service_started_ns(service));
    assert_true(service_started_ns(service) < ending.at_ns);
    assert_true(ending.at_ns <= after);
    char *output = service_output(service);
    assert_string_equal(output, "leaving with 3\n");
    free(output);
    assert_int_equal(process_state(service_pid(service)), 'Z'); /* its number is held until it is stopped */
    service_stop(service, 0, &end);
    assert_true(end.before);
    assert_false(end.forced);
    assert_memory_equal(&end.ending, &ending, sizeof ending);
    service_free(service);
    check_no_children();
}

TEST(a_crash_is_seen_with_its_signal)
{
    struct service *service = start_service("crash", NULL, NULL);
    struct ending ending;

    assert_true(wait_for_end(service, 20 * CLOCK_SECOND_NS));
    assert_true(service_ended(service, &ending));
    assert_int_equal(ending.exit_code, -1);
    assert_int_equal(ending.signal, SIGSEGV);
    char *output = service_output(service);
    assert_string_equal(output, "about to crash\n");
    free(output);
    service_free(service);
}

TEST(ten_megabytes_of_output_do_not_block_it)
{
    struct service *service = start_service("noisy", "10000000", NULL);
    struct ending ending;

    assert_true(wait_for_end(service, 60 * CLOCK_SECOND_NS));
    assert_true(service_ended(service, &ending));
    assert_int_equal(ending.exit_code, 0);
    char *output = service_output(service);
    size_t length = strlen(output);
    assert_int_equal(length, 16384);
    assert_string_equal(output + length - 11, "last words\n");
    free(output);
    service_free(service);
}

TEST(a_missing_program_is_a_clear_error)
{
    char *argv[] = {"bin/server", "--fast", NULL};
    struct child_options options = {.argv = argv, .folder = "/tmp"};
    struct service *service = NULL;
    struct error err = {0};
    unsigned before = open_file_descriptors();

    assert_int_equal(service_start(&service, &options, &err), -1);
    assert_null(service);
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(err.message, "bin/server --fast"));
    assert_non_null(strstr(err.message, "/tmp"));
    assert_non_null(strstr(err.message, "No such file or directory"));
    assert_int_equal(open_file_descriptors(), before);
    check_no_children();
}

TEST(it_runs_on_its_cores_alone)
{
    char *argv[] = {child_program(), "tell", NULL};
    struct core_set cores = {{0}}, far = {{0}};
    struct child_options options = {.argv = argv, .cores = &cores};
    struct service *service = NULL;
    struct error err = {0};
    cpu_set_t allowed;

    sched_getaffinity(0, sizeof allowed, &allowed);
    unsigned core = 0;
    while (!CPU_ISSET(core, &allowed)) {
        core++;
    }
    core_set_add(&cores, core);
    assert_int_equal(service_start(&service, &options, &err), 0);
    assert_true(wait_for_end(service, 20 * CLOCK_SECOND_NS));
    char *output = service_output(service);
    assert_non_null(strstr(output, "cores=1 "));
    free(output);
    service_free(service);
    core_set_add(&far, CORE_SET_MOST - 1);
    options.cores = &far;
    assert_int_equal(service_start(&service, &options, &err), -1);
    assert_non_null(strstr(err.message, "cores cannot be set"));
}

TEST(nothing_is_left_open_after_many)
{
    unsigned before = open_file_descriptors();

    for (int i = 0; i < 10; i++) {
        struct service *service = start_service(i % 2 == 0 ? "calm" : "leave", "0", NULL);
        service_free(service);
    }
    assert_int_equal(open_file_descriptors(), before);
    check_no_children();
    service_free(NULL);
}

TEST(two_services_live_and_end_apart)
{
    struct service *one = start_service("calm", NULL, NULL);
    struct service *two = start_service("calm", NULL, NULL);
    struct ending ending;

    wait_for_word(one, "ready");
    wait_for_word(two, "ready");
    service_free(one);
    assert_false(service_ended(two, &ending));
    assert_true(is_living(service_pid(two)));
    service_free(two);
    check_no_children();
}

TEST(a_free_port_can_be_bound)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    uint16_t port = 0;

    assert_int_equal(port_find_free(&port, NULL), 0);
    assert_true(port > 0);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_port = htons(port);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
}

int before_tests(int argc, char **argv)
{
    int status;

    if (child_role_played(argc, argv, &status)) {
        return status;
    }
    return RUN_TESTS;
}
