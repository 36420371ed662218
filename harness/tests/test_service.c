#include "host/service.h"

#include "base/clock.h"
#include "base/mem.h"
#include "child_roles.h"
#include "host/proc_scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>

#include <cmocka.h>

enum { PATIENCE_MS = 20000 }; /* for what must come; far more than it takes */

static struct service *start(const char *role, const char *number)
{
    char *argv[] = {child_program(), (char *)role, (char *)number, NULL};
    struct child_options options = {.argv = argv};
    struct service *service = NULL;
    struct error err = {0};

    if (service_start(&service, &options, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return service;
}

/* Wait until the service has said `word`. */
static void wait_for_word(struct service *service, const char *word)
{
    for (int i = 0; i < PATIENCE_MS; i++) {
        char *output = service_output(service);
        bool said = strstr(output, word) != NULL;
        free(output);
        if (said) {
            return;
        }
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    fail_msg("the service never said \"%s\"", word);
}

static char process_state(pid_t pid)
{
    char path[64], text[1024];

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0) {
        close(fd);
    }
    text[got > 0 ? got : 0] = '\0';
    const char *state = strrchr(text, ')');
    return state != NULL ? state[2] : 0;
}

static bool is_living(pid_t pid)
{
    char state = process_state(pid);
    return state != 0 && state != 'Z' && state != 'X';
}

static unsigned open_descriptors(void)
{
    unsigned count = 0;
    for (int fd = 0; fd < 1024; fd++) {
        count += fcntl(fd, F_GETFD) != -1;
    }
    return count;
}

static void check_no_children(void)
{
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void a_running_service_has_not_ended(void **state)
{
    (void)state;
    struct service *service = start("calm", NULL);
    struct ending ending;

    wait_for_word(service, "ready");
    assert_false(service_ended(service, &ending));
    assert_false(service_wait(service, CLOCK_MILLISECOND_NS));
    assert_true(is_living(service_pid(service)));
    assert_int_equal(getpgid(service_pid(service)), service_pid(service));
    assert_true(service_started_ns(service) <= clock_now_ns());
    service_free(service);
    check_no_children();
}

static void sigterm_ends_a_service_that_heeds_it(void **state)
{
    (void)state;
    static const struct {
        const char *role;
        int exit_code, signal;
    } cases[] = {{"graceful", 0, 0}, {"calm", -1, SIGTERM}};

    for (size_t i = 0; i < 2; i++) {
        struct service *service = start(cases[i].role, NULL);
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

static void a_service_that_ignores_sigterm_is_killed_and_that_is_said(void **state)
{
    (void)state;
    struct service *service = start("stubborn", NULL);
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

static void a_suspended_service_can_be_stopped(void **state)
{
    (void)state;
    struct service *service = start("graceful", NULL);
    struct service_end end;

    wait_for_word(service, "ready");
    kill(service_pid(service), SIGSTOP);
    service_stop(service, 20 * CLOCK_SECOND_NS, &end);
    assert_false(end.forced);
    assert_int_equal(end.ending.exit_code, 0);
    service_free(service);
}

static void its_own_exit_is_seen_with_code_moment_and_last_words(void **state)
{
    (void)state;
    uint64_t before = clock_now_ns();
    struct service *service = start("leave", "3");
    struct ending ending;
    struct service_end end;

    assert_true(service_wait(service, 20 * CLOCK_SECOND_NS));
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

static void a_crash_is_seen_with_its_signal(void **state)
{
    (void)state;
    struct service *service = start("crash", NULL);
    struct ending ending;

    assert_true(service_wait(service, 20 * CLOCK_SECOND_NS));
    assert_true(service_ended(service, &ending));
    assert_int_equal(ending.exit_code, -1);
    assert_int_equal(ending.signal, SIGSEGV);
    char *output = service_output(service);
    assert_string_equal(output, "about to crash\n");
    free(output);
    service_free(service);
}

static void ten_megabytes_of_output_do_not_block_it(void **state)
{
    (void)state;
    struct service *service = start("noisy", "10000000");
    struct ending ending;

    assert_true(service_wait(service, 60 * CLOCK_SECOND_NS));
    assert_true(service_ended(service, &ending));
    assert_int_equal(ending.exit_code, 0);
    char *output = service_output(service);
    size_t length = strlen(output);
    assert_int_equal(length, 16384);
    assert_string_equal(output + length - 11, "last words\n");
    free(output);
    service_free(service);
}

static size_t list_descendants(pid_t pid, pid_t *pids, size_t most)
{
    char path[64], text[4096] = "";
    size_t count = 0;

    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)pid, (int)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    assert_true(fd >= 0);
    ssize_t got = read(fd, text, sizeof text - 1);
    close(fd);
    text[got > 0 ? got : 0] = '\0';
    for (char *at = text, *end; strtol(at, &end, 10) > 0 && end != at && count < most; at = end) {
        pids[count] = (pid_t)strtol(at, NULL, 10);
        count++;
        count += list_descendants(pids[count - 1], pids + count, most - count);
    }
    return count;
}

static void stopping_ends_every_descendant_even_one_that_left_the_group(void **state)
{
    (void)state;
    struct service *service = start("brood", "3");
    pid_t pids[16];

    wait_for_word(service, "ready");
    pid_t pid = service_pid(service);
    size_t count = list_descendants(pid, pids, 16), outside = 0;
    assert_int_equal(count, 6);
    for (size_t i = 0; i < count; i++) {
        assert_true(is_living(pids[i]));
        outside += getpgid(pids[i]) != pid;
    }
    assert_int_equal(outside, 1);
    service_stop(service, 20 * CLOCK_SECOND_NS, NULL);
    for (size_t i = 0; i < count; i++) {
        assert_false(is_living(pids[i]));
    }
    service_free(service);
    check_no_children();
}

static unsigned living_in_group(pid_t group)
{
    size_t count;
    struct proc_entry *entries = proc_scan(&count);
    unsigned living = 0;

    for (size_t i = 0; i < count; i++) {
        living += entries[i].group == group && !entries[i].ended;
    }
    free(entries);
    return living;
}

static void what_a_dead_service_left_behind_is_ended_too(void **state)
{
    (void)state;
    struct service *service = start("orphan", NULL);

    assert_true(service_wait(service, 20 * CLOCK_SECOND_NS));
    pid_t group = service_pid(service);
    assert_int_equal(living_in_group(group), 1);
    service_free(service);
    assert_int_equal(living_in_group(group), 0);
}

static void a_missing_program_is_a_clear_error(void **state)
{
    (void)state;
    char *argv[] = {"bin/server", "--fast", NULL};
    struct child_options options = {.argv = argv, .folder = "/tmp"};
    struct service *service = NULL;
    struct error err = {0};
    unsigned before = open_descriptors();

    assert_int_equal(service_start(&service, &options, &err), -1);
    assert_null(service);
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(err.message, "bin/server --fast"));
    assert_non_null(strstr(err.message, "/tmp"));
    assert_non_null(strstr(err.message, "No such file or directory"));
    assert_int_equal(open_descriptors(), before);
    check_no_children();
}

static void it_runs_on_its_cores_alone(void **state)
{
    (void)state;
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
    assert_true(service_wait(service, 20 * CLOCK_SECOND_NS));
    char *output = service_output(service);
    assert_non_null(strstr(output, "cores=1 "));
    free(output);
    service_free(service);
    core_set_add(&far, CORE_SET_MOST - 1);
    options.cores = &far;
    assert_int_equal(service_start(&service, &options, &err), -1);
    assert_non_null(strstr(err.message, "cores cannot be set"));
}

static void nothing_is_left_open_after_many(void **state)
{
    (void)state;
    unsigned before = open_descriptors();

    for (int i = 0; i < 10; i++) {
        struct service *service = start(i % 2 == 0 ? "calm" : "leave", "0");
        service_free(service);
    }
    assert_int_equal(open_descriptors(), before);
    check_no_children();
    service_free(NULL);
}

static void two_services_live_and_end_apart(void **state)
{
    (void)state;
    struct service *one = start("calm", NULL);
    struct service *two = start("calm", NULL);
    struct ending ending;

    wait_for_word(one, "ready");
    wait_for_word(two, "ready");
    service_free(one);
    assert_false(service_ended(two, &ending));
    assert_true(is_living(service_pid(two)));
    service_free(two);
    check_no_children();
}

static void a_free_port_can_be_bound(void **state)
{
    (void)state;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    uint16_t port = 0;

    assert_int_equal(service_free_port(&port, NULL), 0);
    assert_true(port > 0);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    address.sin_port = htons(port);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof address), 0);
    close(fd);
}

/* Not a test: the harness that is killed. It tells the numbers of its service and of that one's descendants. */
static int play_harness(void)
{
    struct service *service = start("family", "2");
    pid_t pids[16];

    wait_for_word(service, "ready");
    size_t count = list_descendants(service_pid(service), pids, 16);
    printf("%d", (int)service_pid(service));
    for (size_t i = 0; i < count; i++) {
        printf(" %d", (int)pids[i]);
    }
    return role_wait();
}

static void a_harness_killed_leaves_no_service_behind(void **state)
{
    (void)state;
    struct service *harness = start("harness", NULL);

    wait_for_word(harness, "ready");
    char *output = service_output(harness);
    kill(service_pid(harness), SIGKILL);
    assert_true(service_wait(harness, 20 * CLOCK_SECOND_NS));
    unsigned count = 0;
    for (char *at = output, *end; strtol(at, &end, 10) > 0 && end != at; at = end) {
        pid_t pid = (pid_t)strtol(at, NULL, 10);
        for (int i = 0; i < PATIENCE_MS && is_living(pid); i++) {
            clock_sleep_ns(CLOCK_MILLISECOND_NS);
        }
        assert_false(is_living(pid));
        count++;
    }
    assert_int_equal(count, 1 + 4);
    free(output);
    service_free(harness);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_running_service_has_not_ended),
        cmocka_unit_test(sigterm_ends_a_service_that_heeds_it),
        cmocka_unit_test(a_service_that_ignores_sigterm_is_killed_and_that_is_said),
        cmocka_unit_test(a_suspended_service_can_be_stopped),
        cmocka_unit_test(its_own_exit_is_seen_with_code_moment_and_last_words),
        cmocka_unit_test(a_crash_is_seen_with_its_signal),
        cmocka_unit_test(ten_megabytes_of_output_do_not_block_it),
        cmocka_unit_test(stopping_ends_every_descendant_even_one_that_left_the_group),
        cmocka_unit_test(what_a_dead_service_left_behind_is_ended_too),
        cmocka_unit_test(a_missing_program_is_a_clear_error),
        cmocka_unit_test(it_runs_on_its_cores_alone),
        cmocka_unit_test(nothing_is_left_open_after_many),
        cmocka_unit_test(two_services_live_and_end_apart),
        cmocka_unit_test(a_free_port_can_be_bound),
        cmocka_unit_test(a_harness_killed_leaves_no_service_behind),
    };
    int status;

    if (argc > 1 && strcmp(argv[1], "harness") == 0) {
        return play_harness();
    }
    if (child_role_played(argc, argv, &status)) {
        return status;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
