#include "bench/service/file_set.h"

#include "test.h"

static bool add(struct file_set *set, dev_t device, ino_t inode)
{
    struct stat info = {.st_dev = device, .st_ino = inode};
    return file_set_add(set, &info);
}

TEST(a_file_is_new_once)
{
    struct file_set set = {0};

    assert_true(add(&set, 1, 2));
    assert_false(add(&set, 1, 2));
    assert_true(add(&set, 2, 1));
    assert_true(add(&set, 0, 0));
    assert_false(add(&set, 0, 0));
    assert_int_equal(set.count, 3);
    file_set_release(&set);
    assert_int_equal(set.count, 0);
}

TEST(a_hundred_thousand_files_are_told_apart)
{
    struct file_set set = {0};

    for (int round = 0; round < 2; round++) {
        for (uint64_t i = 0; i < 100000; i++) {
            assert_int_equal(add(&set, i % 3, (ino_t)(i / 3) << (i % 2 ? 0 : 40)), round == 0);
        }
    }
    file_set_release(&set);
}
