/* Services in control groups of their own, for real where this machine allows it. */
#include "host/cgroup/box_group.h"

#include "base/mem.h"
#include "host/sampler.h"
#include "host/system_file.h"
#include "service_fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>

#define MIB (UINT64_C(1) << 20)

/* The group with these limits, in which the role is started; the test is skipped where none can be made. */
struct boxed {
    struct box_group *group;
    struct service *service;
};

static struct boxed start_boxed(const struct box *box, const char *role, const char *number)
{
    char *argv[] = {child_program(), (char *)role, (char *)number, NULL};
    struct boxed boxed = {0};
    struct error err = {0};

    if (box_group_make(&boxed.group, &(struct box_group_options){.root = "", .box = box}, &err) != 0 ||
        boxed.group == NULL) {
        print_message("no control group can be made here: %s\n", err.message);
        skip();
    }
    if (service_start(&boxed.service, &(struct child_options){.argv = argv, .group = boxed.group}, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return boxed;
}

static size_t count_folders(const struct box_group *group)
{
    size_t count = 0;
    while (box_group_folders(group)[count] != NULL) {
        count++;
    }
    return count;
}

/* Frees it and looks that nothing is left. */
static void end_boxed(struct boxed *boxed)
{
    char *folders[4] = {0};
    struct stat there;

    for (size_t i = 0; i < count_folders(boxed->group); i++) {
        folders[i] = mem_string(box_group_folders(boxed->group)[i]);
        assert_int_equal(stat(folders[i], &there), 0);
    }
    service_free(boxed->service);
    box_group_free(boxed->group);
    for (size_t i = 0; i < 4 && folders[i] != NULL; i++) {
        assert_int_equal(stat(folders[i], &there), -1);
        free(folders[i]);
    }
}

static struct box_group *make_loose(void)
{
    struct box_group *group = NULL;
    const struct box none = {0};

    assert_int_equal(box_group_make(&group, &(struct box_group_options){.root = "", .box = &none}, NULL), 0);
    return group;
}

/* Of a file of the group that limits CPU. */
static uint64_t throttled(const struct box_group *group)
{
    uint64_t count = 0;

    for (size_t i = 0; i < count_folders(group); i++) {
        char *text = system_file_text(box_group_folders(group)[i], "/cpu.stat");
        const char *line = text != NULL ? strstr(text, "nr_throttled ") : NULL;
        count += line != NULL ? strtoull(line + strlen("nr_throttled "), NULL, 10) : 0;
        free(text);
    }
    return count;
}

TEST(a_service_in_a_box_of_cpu_is_throttled_and_read_so)
{
    struct boxed boxed = start_boxed(&(struct box){.cpus = 0.2}, "busy", "1");
    struct core_set cores = {{0}};
    struct sample sample = {0};

    core_set_add(&cores, 0);
    wait_for_word(boxed.service, "ready");
    struct sampler *sampler = sampler_new(service_pid(boxed.service), 1, &cores);
    for (int i = 0; i < PATIENCE_MS / 20 && sample.service_group_throttled_periods < 3; i++) {
        sampler_read(sampler, &sample);
        clock_sleep_ns(20 * CLOCK_MILLISECOND_NS);
    }
    assert_true(sample.service_group_throttled_periods >= 3);
    assert_float_equal(sample.service_group_quota_cores, 0.2, 1e-9);
    assert_true(throttled(boxed.group) >= 3);
    sampler_free(sampler);
    end_boxed(&boxed);
}

TEST(a_service_that_outgrows_its_box_is_killed_and_counted)
{
    struct boxed boxed = start_boxed(&(struct box){.memory_bytes = 96 * MIB}, "hoard", "900");
    struct core_set cores = {{0}};
    struct ending ending;
    struct sample sample;

    core_set_add(&cores, 0);
    struct sampler *sampler = sampler_new(service_pid(boxed.service), 1, &cores);
    sampler_read(sampler, &sample);
    assert_true(wait_for_end(boxed.service, PATIENCE_MS * CLOCK_MILLISECOND_NS));
    assert_true(service_ended(boxed.service, &ending));
    assert_int_equal(ending.signal, SIGKILL);
    assert_true(box_group_oom_kills(boxed.group) >= 1);
    sampler_read(sampler, &sample); /* what is left of the process is in no such group any more */
    assert_true(sample.service_group_oom_kills >= 1);
    assert_int_equal(sample.service_group_memory_limit_bytes, 96 * MIB);
    sampler_free(sampler);
    end_boxed(&boxed);
}

/* A process of another session, whose parent is this one and whose environment says nothing: only the group has it.
 * When this returns, it has entered, and has become another program, which does not hold the lock of the group's maker.
 */
static pid_t stray_into(const struct box_group *group)
{
    size_t count;
    const int *entries = box_group_entries(group, &count);
    int begun[2];
    char byte;

    assert_int_equal(pipe2(begun, O_CLOEXEC), 0);
    pid_t pid = fork();
    if (pid == 0) {
        char *argv[] = {(char *)"sleep", (char *)"600", NULL}, *nothing[] = {NULL};
        setsid();
        for (size_t i = 0; i < count; i++) {
            if (write(entries[i], "0", 1) != 1) {
                _exit(9);
            }
        }
        execve("/bin/sleep", argv, nothing);
        _exit(9);
    }
    close(begun[1]);
    assert_int_equal(read(begun[0], &byte, 1), 0);
    close(begun[0]);
    return pid;
}

TEST(whatever_is_in_the_group_is_counted_and_ended_with_it)
{
    struct boxed boxed = start_boxed(&(struct box){0}, "calm", NULL);
    struct core_set cores = {{0}};
    struct sample sample = {0};

    core_set_add(&cores, 0);
    wait_for_word(boxed.service, "ready");
    pid_t stray = stray_into(boxed.group);
    struct sampler *sampler = sampler_new(service_pid(boxed.service), 1, &cores);
    sampler_gather(sampler, box_group_folders(boxed.group)[0]);
    for (int i = 0; i < PATIENCE_MS && sample.processes < 2; i++) {
        sampler_read(sampler, &sample);
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    assert_int_equal(sample.processes, 2);
    sampler_free(sampler);
    box_group_free(boxed.group); /* which ends the service, too */
    assert_false(is_living(stray));
    assert_false(is_living(service_pid(boxed.service)));
    waitpid(stray, NULL, WNOHANG);
    service_free(boxed.service);
}

/* What a run that is killed by SIGKILL leaves: a group, a process in it, and nobody who holds the lock. */
TEST(the_next_run_ends_what_a_killed_one_left)
{
    struct box_group *group = make_loose();
    int tell[2];
    char path[512] = "";

    if (group == NULL) {
        print_message("no control group can be made here\n");
        skip();
    }
    box_group_free(group);
    assert_int_equal(pipe(tell), 0);
    pid_t run = fork();
    if (run == 0) {
        group = make_loose();
        pid_t stray = stray_into(group);
        dprintf(tell[1], "%d %s", (int)stray, box_group_folders(group)[0]);
        pause();
    }
    assert_true(read(tell[0], path, sizeof path - 1) > 0);
    close(tell[0]);
    close(tell[1]);
    pid_t stray = (pid_t)strtol(path, NULL, 10);
    const char *folder = strchr(path, ' ') + 1;
    struct stat there;
    box_group_clean("");
    assert_int_equal(stat(folder, &there), 0); /* its maker lives */
    assert_true(is_living(stray));
    kill(run, SIGKILL);
    assert_int_equal(waitpid(run, NULL, 0), run);
    box_group_clean("");
    assert_int_equal(stat(folder, &there), -1);
    assert_false(is_living(stray));
    waitpid(stray, NULL, WNOHANG); /* it may have come to this process */
}

TEST(a_box_does_not_change_how_a_failed_start_is_told)
{
    char *argv[] = {(char *)"/no/such/program", NULL};
    struct box_group *group = make_loose();
    struct service *service = NULL;
    struct error err = {0};

    assert_int_equal(service_start(&service, &(struct child_options){.argv = argv, .group = group}, &err), -1);
    assert_non_null(strstr(err.message, "cannot start `/no/such/program`"));
    box_group_free(group);
    check_no_children();
}

int before_tests(int argc, char **argv)
{
    int status;

    if (child_role_played(argc, argv, &status)) {
        return status;
    }
    return RUN_TESTS;
}
