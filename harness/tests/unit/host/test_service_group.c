#include "host/cgroup/service_group.h"

#include "base/file.h"
#include "base/mem.h"
#include "service_fixture.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define CASES TESTS_FOLDER "/cases/service_group/"

/* --- the formats -------------------------------------------------------------------------------------------------- */

TEST(a_mount_is_found_by_its_controller_and_else_version_2_is)
{
    static const char text[] =
        "30 22 0:27 / /one rw shared:9 - cgroup2 cgroup2 rw\n"
        "31 22 0:28 /docker/f00 /two\\040b rw master:3 unbindable - cgroup cgroup rw,cpu,cpuacct\n"
        "32 22 0:29 / /three rw - cgroup none rw,name=cpuset\n";
    struct group_mount mount;

    assert_true(group_text_mount(text, "cpu", &mount));
    assert_string_equal(mount.folder, "/two\\040b");
    assert_string_equal(mount.top, "/docker/f00");
    assert_false(mount.unified);
    group_mount_release(&mount);
    assert_true(group_text_mount(text, "cpuset", &mount)); /* a name is no controller */
    assert_string_equal(mount.folder, "/one");
    assert_string_equal(mount.top, "");
    assert_true(mount.unified);
    group_mount_release(&mount);
    assert_false(group_text_mount("", "cpu", &mount));
    assert_false(group_text_mount("31 22 0:28 / /two rw - cgroup", "cpu", &mount));
    assert_false(group_text_mount("- cgroup2 cgroup2 rw\n", "cpu", &mount));
}

static void check_group(const char *text, const char *controller, bool unified, const char *expected)
{
    char *group = group_text_group(text, controller, unified);

    if (expected == NULL) {
        assert_null(group);
    } else {
        assert_non_null(group);
        assert_string_equal(group, expected);
    }
    free(group);
}

TEST(the_group_of_a_process_is_that_of_the_hierarchy)
{
    static const char text[] = "12:cpu,cpuacct:/a:b/c\n11:name=cpu2:/x\n3:cpuset:/\n0::/unified\n";

    check_group(text, "cpu", false, "/a:b/c");
    check_group(text, "cpuacct", false, "/a:b/c");
    check_group(text, "cpuset", false, "");
    check_group(text, "cpu2", false, NULL);
    check_group(text, "cpu", true, "/unified");
    check_group("0::/../outside\n", "cpu", true, NULL);
    check_group("0::\n", "cpu", true, NULL);
    check_group("0:\n::\n\n:::/a\n", "cpu", true, NULL);
    check_group("", "cpu", true, NULL);
}

TEST(groups_are_shared_by_whole_names)
{
    assert_int_equal(group_text_shared("/a/b", "/a/c"), 2);
    assert_int_equal(group_text_shared("/ab", "/a"), 0);
    assert_int_equal(group_text_shared("/a/b", ""), 0);
    assert_int_equal(group_text_shared("", "/a"), 0);
    assert_int_equal(group_text_shared("/a/b", "/a/b"), 4);
    assert_int_equal(group_text_shared("/a/b", "/a/b/c"), 4);
    assert_int_equal(group_text_shared("/a/b/c", "/a/b"), 4);
}

TEST(what_is_allowed_is_a_number_and_no_limit_is_none)
{
    assert_float_equal(group_text_quota("30000 100000\n"), 0.3, 1e-9);
    assert_true(group_text_quota("max 100000\n") == 0);
    assert_true(group_text_quota("-1 100000\n") == 0);
    assert_true(group_text_quota("30000") == 0);
    assert_true(group_text_quota("30000 0") == 0);
    assert_int_equal(group_text_memory_limit("67108864\n"), 64 << 20);
    assert_int_equal(group_text_memory_limit("max\n"), 0);
    assert_int_equal(group_text_memory_limit("9223372036854771712\n"), 0);
    assert_int_equal(group_text_memory_limit(""), 0);
}

/* --- whole machines ----------------------------------------------------------------------------------------------- */

static struct sample read_case(struct service_group *group, struct proc_reader *reader)
{
    struct sample sample = {0};

    service_group_read(group, reader, &sample);
    return sample;
}

TEST(version_2_has_the_tightest_limits_below_what_the_harness_shares)
{
    struct service_group group;
    struct proc_reader reader;

    proc_reader_init(&reader, 65536, 8);
    service_group_init(&group, CASES "unified", 4711);
    struct sample sample = read_case(&group, &reader);
    assert_float_equal(sample.service_group_quota_cores, 0.3, 1e-9);
    assert_int_equal(sample.service_group_memory_limit_bytes, 64 << 20);
    assert_int_equal(sample.service_group_memory_bytes, 48 << 20);
    assert_int_equal(sample.service_group_periods, 0); /* they count from the first reading */
    assert_int_equal(sample.service_group_throttled_periods, 0);
    assert_int_equal(sample.service_group_throttled_ns, 0);
    assert_int_equal(sample.service_group_oom_kills, 0);
    assert_int_equal(group.periods.last, 400);
    assert_int_equal(group.throttled_periods.last, 300);
    assert_int_equal(group.throttled_ns.last, 21000000000);
    assert_int_equal(group.oom_kills.last, 2); /* of the innermost group that counts them */
    service_group_follow(&group, 4713);        /* moved to where the harness's own limits do not count */
    sample = read_case(&group, &reader);
    assert_float_equal(sample.service_group_quota_cores, 4, 1e-9);
    assert_int_equal(sample.service_group_memory_limit_bytes, 0);
    assert_int_equal(sample.service_group_periods, 0); /* another group's count is no growth */
    service_group_follow(&group, 4712);
    sample = read_case(&group, &reader);
    assert_true(sample.service_group_quota_cores == 0);
    service_group_follow(&group, 9999); /* gone: what is known stays */
    sample = read_case(&group, &reader);
    assert_true(sample.service_group_quota_cores == 0);
    service_group_release(&group, &reader);
    assert_int_equal(reader.kept, 0);
    proc_reader_release(&reader);
}

TEST(version_1_is_read_where_it_is_mounted_and_below_the_top_that_is_seen)
{
    struct service_group group;
    struct proc_reader reader;

    proc_reader_init(&reader, 65536, 8);
    service_group_init(&group, CASES "old", 4711);
    struct sample sample = read_case(&group, &reader);
    assert_float_equal(sample.service_group_quota_cores, 0.5, 1e-9);
    assert_int_equal(group.periods.last, 90);
    assert_int_equal(group.throttled_periods.last, 80);
    assert_int_equal(group.throttled_ns.last, 7000000000);
    assert_int_equal(sample.service_group_memory_limit_bytes, 32 << 20);
    assert_int_equal(sample.service_group_memory_bytes, 20000000);
    assert_int_equal(group.oom_kills.last, 5);
    service_group_release(&group, &reader);
    proc_reader_release(&reader);
}

TEST(a_machine_without_groups_is_no_trouble)
{
    static const char *const roots[] = {CASES "none", "/nowhere"};

    for (int i = 0; i < 2; i++) {
        struct service_group group;
        struct proc_reader reader;
        const struct sample nothing = {0};
        proc_reader_init(&reader, 65536, 8);
        service_group_init(&group, roots[i], 4711);
        struct sample sample = read_case(&group, &reader);
        assert_memory_equal(&sample, &nothing, sizeof sample);
        service_group_release(&group, &reader);
        proc_reader_release(&reader);
    }
}

/* --- this machine ------------------------------------------------------------------------------------------------- */

static bool write_to(const char *folder, const char *name, const char *text)
{
    char *path = file_join(folder, name);
    FILE *file = fopen(path, "we");
    bool written = file != NULL && fputs(text, file) >= 0;

    if (file != NULL && fclose(file) != 0) {
        written = false;
    }
    free(path);
    return written;
}

static bool move_into(const char *folder, pid_t pid)
{
    char *number = mem_format("%d", (int)pid);
    bool moved = write_to(folder, "cgroup.procs", number);

    free(number);
    return moved;
}

/* A new group with a quota of 0.2 cores, of whichever version this machine has, below the harness's own; NULL where
 * that is not allowed. */
static char *make_group(struct group_levels *levels)
{
    char *folder =
        mem_format("%s%s/twofold-test-%d", levels->mount.folder != NULL ? levels->mount.folder : "",
                   levels->harness != NULL ? levels->harness + strlen(levels->mount.top) : "", (int)getpid());
    bool limited = levels->harness != NULL && mkdir(folder, 0700) == 0;

    if (limited && levels->mount.unified) {
        limited = write_to(folder, "cpu.max", "20000 100000");
    } else if (limited) {
        limited = write_to(folder, "cpu.cfs_period_us", "100000") && write_to(folder, "cpu.cfs_quota_us", "20000");
    }
    if (!limited) {
        rmdir(folder);
        free(folder);
        return NULL;
    }
    return folder;
}

TEST(a_service_that_is_moved_under_a_quota_is_seen_to_be_throttled)
{
    struct service *service = start_service("busy", "3", NULL);
    struct service_group group;
    struct proc_reader reader;

    wait_for_word(service, "ready");
    proc_reader_init(&reader, 65536, 8);
    service_group_init(&group, "", service_pid(service));
    char *folder = make_group(&group.cpu);
    struct sample sample = read_case(&group, &reader);
    bool moved = folder != NULL && move_into(folder, service_pid(service));
    if (moved) {
        assert_true(sample.service_group_quota_cores == 0);
        for (int i = 0; i < PATIENCE_MS / 20 && sample.service_group_throttled_periods < 3; i++) {
            clock_sleep_ns(20 * CLOCK_MILLISECOND_NS);
            sample = read_case(&group, &reader);
        }
        assert_float_equal(sample.service_group_quota_cores, 0.2, 1e-9);
        assert_true(sample.service_group_throttled_periods >= 3);
        assert_true(sample.service_group_periods >= sample.service_group_throttled_periods);
        assert_true(sample.service_group_throttled_ns > 0);
        kill(service_pid(service), SIGKILL); /* what is left of it until it is waited for is in no group of its own */
        assert_true(wait_for_end(service, PATIENCE_MS * CLOCK_MILLISECOND_NS));
        assert_float_equal(read_case(&group, &reader).service_group_quota_cores, 0.2, 1e-9);
    }
    service_free(service);
    service_group_release(&group, &reader);
    proc_reader_release(&reader);
    for (int i = 0; folder != NULL && i < PATIENCE_MS && rmdir(folder) != 0; i++) {
        clock_sleep_ns(CLOCK_MILLISECOND_NS);
    }
    free(folder);
    if (!moved) {
        print_message("no control group may be made here\n");
        skip();
    }
}

int before_tests(int argc, char **argv)
{
    int status;

    if (child_role_played(argc, argv, &status)) {
        return status;
    }
    return RUN_TESTS;
}
