/* What version 2 of control groups is told, in folders that only look like its hierarchy. */
#include "host/cgroup/box_group.h"

#include "base/mem.h"
#include "host/cgroup/group_folder.h"
#include "host/process/child.h"
#include "host/system_file.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MIB (UINT64_C(1) << 20)

#define SESSION "/sys/fs/cgroup/user.slice/user-0.slice/session-1.scope"

static void write_text(const char *root, const char *path, const char *text)
{
    char *whole = mem_format("%s%s", root, path);
    FILE *file = fopen(whole, "we");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(whole);
}

static void make_folder(const char *root, const char *path)
{
    char *whole = mem_format("%s%s", root, path);

    assert_int_equal(mkdir(whole, 0755), 0);
    free(whole);
}

/* A user's session, as systemd lays it out: what lies in user.slice has cpu and memory, what lies in user-0.slice has
 * memory alone, and the session hands on nothing. */
static int make_machine(void **state)
{
    static char root[] = "/tmp/twofold-box-XXXXXX";
    static const char *const folders[] = {"/proc",
                                          "/proc/self",
                                          "/sys",
                                          "/sys/fs",
                                          "/sys/fs/cgroup",
                                          "/sys/fs/cgroup/user.slice",
                                          "/sys/fs/cgroup/user.slice/user-0.slice",
                                          SESSION};

    snprintf(root, sizeof root, "/tmp/twofold-box-XXXXXX");
    if (mkdtemp(root) == NULL) {
        return -1;
    }
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        make_folder(root, folders[i]);
    }
    write_text(root, "/proc/self/mountinfo", "31 22 0:28 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
    write_text(root, "/proc/self/cgroup", "0::/user.slice/user-0.slice/session-1.scope\n");
    write_text(root, "/sys/fs/cgroup/cgroup.subtree_control", "cpuset cpu io memory pids\n");
    write_text(root, "/sys/fs/cgroup/user.slice/cgroup.subtree_control", "cpu memory pids\n");
    write_text(root, "/sys/fs/cgroup/user.slice/user-0.slice/cgroup.subtree_control", "memory pids\n");
    write_text(root, SESSION "/cgroup.subtree_control", "\n");
    *state = root;
    return 0;
}

static int remove_machine(void **state)
{
    char *command = mem_format("rm -rf '%s'", (char *)*state);
    int status = system(command);

    free(command);
    return status;
}

static struct box_group *make(const char *root, const struct box *box)
{
    struct box_group *group = NULL;
    struct error err = {0};

    if (box_group_make(&group, &(struct box_group_options){.root = root, .box = box}, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return group;
}

/* Whether the group is one folder, in `parent`. */
static void check_place(const struct box_group *group, const char *root, const char *parent)
{
    char *start = mem_format("%s%s/" GROUP_FOLDER_PREFIX, root, parent);

    assert_non_null(group);
    assert_non_null(box_group_folders(group)[0]);
    assert_null(box_group_folders(group)[1]);
    if (strncmp(box_group_folders(group)[0], start, strlen(start)) != 0) {
        fail_msg("%s is not in %s", box_group_folders(group)[0], parent);
    }
    free(start);
}

static void check_file(const struct box_group *group, const char *file, const char *expected)
{
    char *path = mem_format("/%s", file), *text = system_file_text(box_group_folders(group)[0], path);

    if (expected == NULL) {
        assert_null(text);
    } else {
        assert_non_null(text);
        assert_string_equal(text, expected);
    }
    free(text);
    free(path);
}

TEST_WITH(version_2_is_told_both_limits_where_both_are_handed_on, make_machine, remove_machine)
{
    struct box_group *group = make(*state, &(struct box){.cpus = 0.5, .memory_bytes = 256 * MIB});

    check_place(group, *state, "/sys/fs/cgroup/user.slice");
    check_file(group, "cpu.max", "50000 100000");
    check_file(group, "memory.max", "268435456");
    check_file(group, "memory.swap.max", "0");
    check_file(group, "memory.oom.group", "1");
    box_group_free(group);
}

TEST_WITH(version_2_is_told_one_limit_as_near_as_that_is_handed_on, make_machine, remove_machine)
{
    struct box_group *memory = make(*state, &(struct box){.memory_bytes = 64 * MIB});
    struct box_group *cpu = make(*state, &(struct box){.cpus = 1.25});

    check_place(memory, *state, "/sys/fs/cgroup/user.slice/user-0.slice");
    check_file(memory, "cpu.max", NULL);
    check_place(cpu, *state, "/sys/fs/cgroup/user.slice");
    check_file(cpu, "cpu.max", "125000 100000");
    check_file(cpu, "memory.max", NULL);
    box_group_free(memory);
    box_group_free(cpu);
}

TEST_WITH(without_limits_the_group_lies_in_ones_own, make_machine, remove_machine)
{
    struct box_group *group = make(*state, &(struct box){0});

    check_place(group, *state, SESSION);
    check_file(group, "cpu.max", NULL);
    check_file(group, "memory.max", NULL);
    box_group_free(group);
}

TEST_WITH(kills_are_counted_where_memory_is_limited, make_machine, remove_machine)
{
    struct box_group *group = make(*state, &(struct box){.memory_bytes = 64 * MIB});

    assert_int_equal(box_group_oom_kills(group), 0);
    group_folder_write(box_group_folders(group)[0], "memory.events", "low 0\nmax 7\noom 3\noom_kill 2\n");
    assert_int_equal(box_group_oom_kills(group), 2);
    box_group_free(group);
}

TEST_WITH(where_nothing_is_handed_on_a_sentence_says_so, make_machine, remove_machine)
{
    struct box_group *group = NULL;
    const struct box box = {.cpus = 0.5, .memory_bytes = 64 * MIB};
    struct box_group_options options = {.root = *state, .box = &box};
    struct error err = {0};

    write_text(*state, "/sys/fs/cgroup/cgroup.subtree_control", "io pids\n");
    write_text(*state, "/sys/fs/cgroup/user.slice/cgroup.subtree_control", "pids cpuset memory_\n");
    write_text(*state, "/sys/fs/cgroup/user.slice/user-0.slice/cgroup.subtree_control", "\n");
    assert_int_equal(box_group_make(&group, &options, &err), -1);
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(err.message, "hands that on (cgroup.subtree_control)"));
    assert_non_null(strstr(err.message, "the controllers cpu and memory"));
    assert_null(group);

    options.systemd = "/usr/bin/systemd-run"; /* which then makes it */
    assert_int_equal(box_group_make(&group, &options, NULL), 0);
    char *argv[] = {(char *)"./server", (char *)"--fast", NULL};
    char **command = box_group_command(group, argv);
    struct text line = {0};
    child_describe(command, &line);
    const char *user = geteuid() != 0 ? " --user" : "";
    char *expected = mem_format("/usr/bin/systemd-run%s --scope --quiet --collect --property=CPUQuota=50%% "
                                "--property=MemoryMax=67108864 --property=MemorySwapMax=0 -- ./server --fast",
                                user);
    assert_string_equal(line.data, expected);
    free(expected);
    text_release(&line);
    free((void *)command);
    box_group_free(group);
}

/* Nobody holds the lock of what a dead run left. */
TEST_WITH(only_what_has_our_name_and_no_living_maker_is_cleaned_up, make_machine, remove_machine)
{
    struct box_group *living = make(*state, &(struct box){0});

    box_group_clean(*state);
    struct stat there;
    assert_int_equal(stat(box_group_folders(living)[0], &there), 0);
    make_folder(*state, SESSION "/somebody-elses");
    make_folder(*state, SESSION "/" GROUP_FOLDER_PREFIX "1-2");
    make_folder(*state, "/sys/fs/cgroup/user.slice/" GROUP_FOLDER_PREFIX "77-0");
    make_folder(*state, "/sys/fs/cgroup/user.slice/" GROUP_FOLDER_PREFIX "77-0/inner");
    box_group_clean(*state);
    static const char *const gone[] = {SESSION "/" GROUP_FOLDER_PREFIX "1-2",
                                       "/sys/fs/cgroup/user.slice/" GROUP_FOLDER_PREFIX "77-0"};
    for (size_t i = 0; i < 2; i++) {
        char *path = mem_format("%s%s", (char *)*state, gone[i]);
        assert_int_equal(stat(path, &there), -1);
        free(path);
    }
    char *kept = mem_format("%s" SESSION "/somebody-elses", (char *)*state);
    assert_int_equal(stat(kept, &there), 0);
    free(kept);
    box_group_free(living);
}
