#include "host/process/keeper.h"

#include "base/clock.h"
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A program that ends at once twice, and then goes on until it is told to stop. */
static const char script[] = "echo started >> \"$0\"; if [ $(wc -l < \"$0\") -lt 3 ]; then exit 3; fi; exec sleep 60";

static size_t lines_of(const char *path)
{
    FILE *file = fopen(path, "r");
    size_t lines = 0;

    for (int c = getc(file); c != EOF; c = getc(file)) {
        lines += c == '\n';
    }
    fclose(file);
    return lines;
}

static void note(void *context, const char *how)
{
    size_t *ends = context;
    *ends += strcmp(how, "exited with status 3") == 0;
}

/* In a process of its own, which ends with the keeper's result; 90: it was not told of both ends. */
static pid_t keep(const char *file)
{
    pid_t pid = fork();

    if (pid == 0) {
        char shell[] = "sh", option[] = "-c";
        char *argv[] = {shell, option, (char *)script, (char *)file, NULL};
        size_t ends = 0;
        int result = keeper_run(&(struct keeper_options){.argv = argv, .ended = note, .context = &ends}, NULL);
        _exit(ends == 2 ? result : 90);
    }
    return pid;
}

TEST(a_program_that_ends_is_started_again_until_the_keeper_is_told_to_stop)
{
    char file[] = "/tmp/test-keeper-XXXXXX";
    int status = 0;

    close(mkstemp(file));
    pid_t pid = keep(file);
    for (int i = 0; i < 2000 && lines_of(file) < 3; i++) {
        clock_sleep_ns(5 * CLOCK_MILLISECOND_NS);
    }
    assert_int_equal(lines_of(file), 3);
    kill(pid, SIGTERM);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 128 + SIGTERM);
    assert_int_equal(lines_of(file), 3);
    unlink(file);
}

TEST(what_cannot_be_started_is_not_kept)
{
    pid_t pid = fork();
    int status = 0;

    if (pid == 0) {
        char program[] = "/nowhere/at/all";
        char *argv[] = {program, NULL};
        struct error err = {0};
        int result = keeper_run(&(struct keeper_options){.argv = argv}, &err);
        _exit(result == -1 && strcmp(err.message, "/nowhere/at/all cannot be started") == 0 ? 0 : 1);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}
