#include "host/proc/proc_reader.h"

#include "test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

TEST(a_file_kept_open_is_read_anew_each_time)
{
    struct proc_reader reader;
    struct proc_file file = {0};

    proc_reader_init(&reader, 4096, 1);
    assert_true(proc_reader_read(&reader, &file, AT_FDCWD, "/proc/self/io") > 0);
    assert_true(file.open);
    assert_int_equal(reader.kept, 1);
    char first[4096];
    memcpy(first, reader.buffer, 4096);
    assert_true(proc_reader_read(&reader, &file, AT_FDCWD, "/nowhere") > 0); /* the path is not looked at again */
    assert_memory_equal(first, reader.buffer, 6);
    assert_string_not_equal(first, reader.buffer); /* this reading itself was counted */
    proc_reader_drop(&reader, &file);
    proc_reader_drop(&reader, &file);
    assert_int_equal(reader.kept, 0);
    proc_reader_release(&reader);
}

TEST(no_more_files_are_kept_than_allowed)
{
    struct proc_reader reader;
    struct proc_file files[5] = {0};

    proc_reader_init(&reader, 4096, 2);
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 5; i++) {
            assert_true(proc_reader_read(&reader, &files[i], AT_FDCWD, "/proc/self/statm") > 0);
        }
        assert_int_equal(reader.kept, 2);
    }
    assert_true(files[0].open && files[1].open);
    assert_false(files[2].open || files[3].open || files[4].open);
    for (int i = 0; i < 5; i++) {
        proc_reader_drop(&reader, &files[i]);
    }
    assert_int_equal(reader.kept, 0);
    proc_reader_release(&reader);
}

TEST(what_does_not_fit_is_cut_and_still_ends)
{
    struct proc_reader reader;
    struct proc_file file = {0};

    proc_reader_init(&reader, 8, 0);
    assert_int_equal(proc_reader_read(&reader, &file, AT_FDCWD, "/proc/self/status"), 7);
    assert_int_equal(strlen(reader.buffer), 7);
    proc_reader_release(&reader);
}

TEST(a_process_that_ends_makes_its_open_file_fail_and_close)
{
    struct proc_reader reader;
    struct proc_file file = {0};
    char path[64];
    pid_t pid = fork();

    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* should this test fail */
        pause();
        _exit(0);
    }
    snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    proc_reader_init(&reader, 256, 1);
    assert_true(proc_reader_read(&reader, &file, AT_FDCWD, path) > 0);
    assert_true(file.open);
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    assert_int_equal(proc_reader_read(&reader, &file, AT_FDCWD, path), -1);
    assert_false(file.open);
    assert_int_equal(reader.kept, 0);
    assert_string_equal(reader.buffer, "");
    assert_int_equal(proc_reader_read(&reader, &file, AT_FDCWD, path), -1);
    proc_reader_release(&reader);
}
