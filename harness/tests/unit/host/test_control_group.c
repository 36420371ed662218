#include "host/cgroup/control_group.h"

#include "test.h"

#include <stdlib.h>

#define CASES TESTS_FOLDER "/cases/control_group/"

TEST(the_smallest_quota_on_the_way_up_counts)
{
    assert_true(control_group_quota(CASES "unified") == 1.5);
}

TEST(a_container_that_sees_only_its_own_top_has_its_quota)
{
    assert_true(control_group_quota(CASES "container") == 0.5);
    assert_true(control_group_quota(CASES "hidden") == 3);
}

TEST(version_one_is_read_wherever_cpu_is_mounted)
{
    assert_true(control_group_quota(CASES "old") == 2.5);
}

TEST(no_quota_and_no_control_groups_are_zero)
{
    assert_true(control_group_quota(CASES "none") == 0);
    assert_true(control_group_quota("/nowhere") == 0);
    assert_true(control_group_quota(TESTS_FOLDER "/cases/facts/hostile") == 0);
}

static void check_path(char *path, const char *expected)
{
    assert_string_equal(path, expected);
    free(path);
}

TEST(the_smallest_memory_limit_counts_and_none_is_zero)
{
    assert_int_equal(control_group_memory_limit(CASES "unified"), 1 << 30);
    assert_int_equal(control_group_memory_limit(CASES "old"), 3 << 20);
    assert_int_equal(control_group_memory_limit(CASES "none"), 0);
}

TEST(the_files_that_tell_what_was_used_are_those_of_the_innermost_group_that_has_them)
{
    check_path(control_group_cpu_path(CASES "unified"), CASES "unified/sys/fs/cgroup/a/cpu.stat");
    check_path(control_group_memory_path(CASES "unified"), CASES "unified/sys/fs/cgroup/a/b/memory.current");
    check_path(control_group_memory_path(CASES "old"), CASES "old/sys/fs/cgroup/memory/memory.usage_in_bytes");
    assert_null(control_group_cpu_path(CASES "none"));
    assert_null(control_group_memory_path("/nowhere"));
}
