#include "host/process/offspring.h"

#include "host/proc/adopted.h"
#include "host/proc/proc_scan.h"
#include "service_fixture.h"
#include "test.h"

#include <signal.h>

static size_t list_descendants(pid_t pid, pid_t *pids, size_t most)
{
    size_t count, found = 0;
    struct proc_entry *entries = proc_scan(&count);

    for (size_t i = 0; i < count && found < most; i++) {
        bool is_one = entries[i].parent == pid;
        for (size_t j = 0; j < count && !is_one; j++) {
            is_one = entries[j].pid == entries[i].parent && entries[j].parent == pid;
        }
        if (is_one && !entries[i].ended) {
            pids[found++] = entries[i].pid;
        }
    }
    free(entries);
    return found;
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

TEST(children_and_grandchildren_are_killed_and_waited_for)
{
    struct service *service = start_service("brood", "2", NULL);
    struct offspring offspring = {0};
    pid_t pids[16];

    wait_for_word(service, "ready");
    pid_t pid = service_pid(service);
    assert_int_equal(list_descendants(pid, pids, 16), 4);
    unsigned before = open_file_descriptors();
    offspring_add(&offspring, pid, NULL);
    assert_int_equal(offspring.count, 4);
    offspring_kill(&offspring);
    offspring_wait(&offspring, clock_now_ns() + PATIENCE_MS * CLOCK_MILLISECOND_NS);
    for (size_t i = 0; i < 4; i++) {
        assert_false(is_living(pids[i]));
    }
    assert_true(is_living(pid)); /* not itself */
    offspring_release(&offspring);
    assert_int_equal(open_file_descriptors(), before);
    service_free(service);
}

TEST(a_process_without_children_has_no_offspring)
{
    struct service *service = start_service("calm", NULL, NULL);
    struct offspring offspring = {0};

    wait_for_word(service, "ready");
    offspring_add(&offspring, service_pid(service), NULL);
    assert_int_equal(offspring.count, 0);
    offspring_kill(&offspring);
    offspring_wait(&offspring, 0);
    offspring_release(&offspring);
    service_free(service);
}

TEST(stopping_ends_every_descendant_even_one_that_left_the_group)
{
    struct service *service = start_service("brood", "3", NULL);
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

TEST(what_a_dead_service_left_behind_is_ended_too)
{
    struct service *service = start_service("orphan", NULL, NULL);

    assert_true(wait_for_end(service, 20 * CLOCK_SECOND_NS));
    pid_t group = service_pid(service);
    assert_int_equal(living_in_group(group), 1);
    service_free(service);
    assert_int_equal(living_in_group(group), 0);
}

/* The service waits until its daemon has left it; that daemon is a child of this process then. */
static pid_t orphan_of(struct service *service)
{
    for (int i = 0; i < PATIENCE_MS; i++) {
        size_t count;
        struct proc_entry *entries = proc_scan(&count);
        pid_t found = 0;
        for (size_t j = 0; j < count; j++) {
            if (entries[j].parent == getpid() && !entries[j].ended && entries[j].session == entries[j].pid &&
                adopted_has_mark(entries[j].pid, service_mark(service))) {
                found = entries[j].pid;
            }
        }
        free(entries);
        if (found != 0) {
            return found;
        }
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    fail_msg("no daemon came");
    return 0;
}

TEST(a_daemon_that_left_group_and_session_is_ended_and_reaped)
{
    struct service *service = start_service("stray", NULL, NULL);
    pid_t daemon = orphan_of(service);

    assert_int_not_equal(getpgid(daemon), service_pid(service));
    service_stop(service, 20 * CLOCK_SECOND_NS, NULL);
    assert_int_equal(process_state(daemon), 0);
    service_free(service);
    check_no_children();
}

TEST(a_daemon_without_any_environment_is_ended_too)
{
    struct service *service = start_service("stray", "1", NULL);
    pid_t daemon = 0;

    for (int i = 0; i < PATIENCE_MS && daemon == 0; i++) {
        size_t count;
        struct proc_entry *entries = proc_scan(&count);
        for (size_t j = 0; j < count; j++) {
            if (adopted_is_orphan(&entries[j]) && !entries[j].ended && entries[j].session == entries[j].pid &&
                !adopted_has_mark(entries[j].pid, service_mark(service))) {
                daemon = entries[j].pid;
            }
        }
        free(entries);
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    assert_int_not_equal(daemon, 0);
    service_free(service);
    assert_int_equal(process_state(daemon), 0);
    check_no_children();
}

TEST(the_daemon_of_another_service_lives_on)
{
    struct service *one = start_service("stray", NULL, NULL), *other = start_service("stray", NULL, NULL);
    pid_t of_one = orphan_of(one), of_other = orphan_of(other);

    service_free(one);
    assert_int_equal(process_state(of_one), 0);
    assert_true(is_living(of_other));
    service_free(other);
    assert_int_equal(process_state(of_other), 0);
    check_no_children();
}

/* Not a test: the harness that is killed. It tells the numbers of its service and of that one's descendants. */
static int play_harness(void)
{
    struct service *service = start_service("family", "2", NULL);
    pid_t pids[16];

    wait_for_word(service, "ready");
    size_t count = list_descendants(service_pid(service), pids, 16);
    printf("%d", (int)service_pid(service));
    for (size_t i = 0; i < count; i++) {
        printf(" %d", (int)pids[i]);
    }
    return role_wait();
}

TEST(a_harness_killed_leaves_no_service_behind)
{
    struct service *harness = start_service("harness", NULL, NULL);

    wait_for_word(harness, "ready");
    char *output = service_output(harness);
    kill(service_pid(harness), SIGKILL);
    assert_true(wait_for_end(harness, 20 * CLOCK_SECOND_NS));
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

/* Not a test: a harness whose service has left a daemon behind. It tells the daemon's number. */
static int play_harness_of_a_daemon(void)
{
    struct service *service = start_service("stray", NULL, NULL);

    printf("%d ", (int)orphan_of(service));
    return role_wait();
}

TEST(a_harness_killed_leaves_no_daemon_of_a_service_behind)
{
    struct service *harness = start_service("harness_of_a_daemon", NULL, NULL);

    wait_for_word(harness, "ready");
    char *output = service_output(harness);
    pid_t daemon = (pid_t)strtol(output, NULL, 10);
    free(output);
    assert_true(is_living(daemon));
    kill(service_pid(harness), SIGKILL);
    for (int i = 0; i < PATIENCE_MS && is_living(daemon); i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    assert_false(is_living(daemon));
    service_free(harness);
}

int before_tests(int argc, char **argv)
{
    int status;

    if (argc > 1 && strcmp(argv[1], "harness") == 0) {
        return play_harness();
    }
    if (argc > 1 && strcmp(argv[1], "harness_of_a_daemon") == 0) {
        return play_harness_of_a_daemon();
    }
    if (child_role_played(argc, argv, &status)) {
        return status;
    }
    return RUN_TESTS;
}
