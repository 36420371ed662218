#include "host/process/process.h"

#include "base/clock.h"
#include "child_roles.h"
#include "test.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned open_file_descriptors(void)
{
    unsigned count = 0;
    for (int fd = 0; fd < 1024; fd++) {
        count += fcntl(fd, F_GETFD) != -1;
    }
    return count;
}

/* Run this program in a role; it must at least start. */
static struct process_result run(const char *role, const char *number, uint64_t timeout_ns)
{
    char *argv[] = {child_program(), (char *)role, (char *)number, NULL};
    struct process_options options = {.child = {.argv = argv}, .timeout_ns = timeout_ns};
    struct process_result result;
    struct error err = {0};

    if (process_run(&options, &result, &err) != 0) {
        fail_msg("%s", err.message);
    }
    return result;
}

static void check_description(const struct process_result *result, const char *expected)
{
    struct text text = {0};
    process_describe(result, &text);
    assert_string_equal(text.data, expected);
    text_release(&text);
}

TEST(the_exit_code_and_the_output_are_told)
{
    struct process_result result = run("leave", "3", 0);

    assert_int_equal(result.ending.exit_code, 3);
    assert_int_equal(result.ending.signal, 0);
    assert_false(result.timed_out);
    assert_false(process_succeeded(&result));
    assert_string_equal(result.output, "leaving with 3\n");
    check_description(&result, "exited with status 3");
    process_result_release(&result);
    result = run("leave", "0", 0);
    assert_true(process_succeeded(&result));
    process_result_release(&result);
}

TEST(a_signal_that_ended_it_is_told)
{
    struct process_result result = run("crash", NULL, 0);

    assert_int_equal(result.ending.exit_code, -1);
    assert_int_equal(result.ending.signal, SIGSEGV);
    assert_false(process_succeeded(&result));
    assert_string_equal(result.output, "about to crash\n");
    check_description(&result, "was killed by SIGSEGV");
    process_result_release(&result);
}

TEST(ten_megabytes_of_output_leave_their_last_16_kib)
{
    struct process_result result = run("noisy", "10000000", 0);
    size_t length = strlen(result.output);

    assert_true(process_succeeded(&result));
    assert_int_equal(length, 16384);
    assert_string_equal(result.output + length - 11, "last words\n");
    process_result_release(&result);
}

TEST(the_time_limit_kills_the_whole_group)
{
    /* The grandchild holds the output open; it must be gone too for the marker file to stay away. */
    char *argv[] = {"sh", "-c", "(sleep 30; echo late) & echo $!; sleep 30", NULL};
    struct process_options options = {.child = {.argv = argv}, .timeout_ns = 200 * CLOCK_MILLISECOND_NS};
    struct process_result result;

    assert_int_equal(process_run(&options, &result, NULL), 0);
    assert_true(result.timed_out);
    assert_int_equal(result.ending.signal, SIGKILL);
    assert_true(result.took_ns >= options.timeout_ns);
    assert_true(result.took_ns < 30 * CLOCK_SECOND_NS);
    pid_t grandchild = (pid_t)strtol(result.output, NULL, 10);
    assert_true(grandchild > 1);
    char path[64], stat[256] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", (int)grandchild);
    for (int i = 0; i < 1000; i++) {
        int fd = open(path, O_RDONLY);
        ssize_t got = fd < 0 ? 0 : read(fd, stat, sizeof stat - 1);
        stat[got > 0 ? got : 0] = '\0';
        if (fd >= 0) {
            close(fd);
        }
        if (got <= 0 || strstr(stat, ") Z ") != NULL) {
            break;
        }
        clock_sleep_ns(10 * CLOCK_MILLISECOND_NS);
    }
    assert_true(stat[0] == '\0' || strstr(stat, ") Z ") != NULL);
    process_result_release(&result);
}

static void *raise_flag(void *flag)
{
    clock_sleep_ns(100 * CLOCK_MILLISECOND_NS);
    atomic_store((atomic_bool *)flag, true);
    return NULL;
}

TEST(it_is_killed_when_asked_to_stop)
{
    char *argv[] = {child_program(), "stubborn", NULL};
    atomic_bool stop = false;
    struct process_options options = {.child = {.argv = argv}, .stop = &stop};
    struct process_result result = {.took_ns = 42};
    struct error err = {0};
    pthread_t thread;

    assert_int_equal(pthread_create(&thread, NULL, raise_flag, &stop), 0);
    assert_int_equal(process_run(&options, &result, &err), -1);
    assert_int_equal(err.kind, ERROR_STOPPED);
    assert_int_equal(result.took_ns, 42);
    pthread_join(thread, NULL);
}

TEST(what_it_leaves_running_does_not_hold_it_up)
{
    struct process_result result = run("orphan", NULL, 60 * CLOCK_SECOND_NS);

    assert_true(process_succeeded(&result));
    process_result_release(&result);
}

TEST(a_missing_program_is_named_with_the_reason)
{
    static char *const commands[][3] = {{"no-such-program-here", "a b", NULL},
                                        {"./no/such/program", "a b", NULL},
                                        {"/no/such/program", NULL, NULL}};

    for (size_t i = 0; i < 3; i++) {
        struct process_options options = {.child = {.argv = commands[i], .folder = "/tmp"}};
        struct process_result result = {.took_ns = 42};
        struct error err = {0};
        assert_int_equal(process_run(&options, &result, &err), -1);
        assert_int_equal(err.kind, ERROR_FAILED);
        assert_non_null(strstr(err.message, commands[i][0]));
        assert_non_null(strstr(err.message, i == 0 ? "is not on PATH" : "No such file or directory"));
        assert_int_equal(result.took_ns, 42);
    }
}

TEST(a_missing_folder_and_a_missing_interpreter_are_told_apart)
{
    char script[] = "/tmp/twofold-test-XXXXXX";
    int fd = mkstemp(script);
    struct process_result result;
    struct error err = {0};

    assert_true(write(fd, "#!/no/such/interpreter\n", 23) == 23);
    fchmod(fd, 0755);
    close(fd);
    char *argv[] = {script, NULL};
    struct process_options options = {.child = {.argv = argv, .folder = "/no/such/folder"}};
    assert_int_equal(process_run(&options, &result, &err), -1);
    assert_non_null(strstr(err.message, "folder /no/such/folder: No such file"));
    err = (struct error){0};
    options.child.folder = NULL;
    assert_int_equal(process_run(&options, &result, &err), -1);
    assert_non_null(strstr(err.message, "interpreter"));
    err = (struct error){0};
    chmod(script, 0644);
    assert_int_equal(process_run(&options, &result, &err), -1);
    assert_non_null(strstr(err.message, "Permission denied"));
    unlink(script);
}

TEST(folder_environment_and_a_clean_start_reach_the_child)
{
    char *argv[] = {child_program(), "tell", NULL};
    char *environment[] = {"PORT=4711", "HOME=/elsewhere", NULL};
    struct process_options options = {.child = {.argv = argv, .folder = "/usr", .environment = {.given = environment}}};
    struct process_result result;
    sigset_t all, before;

    setenv("PORT", "1", 1);
    int leaked = open("/dev/null", O_RDONLY); /* without O_CLOEXEC, on purpose */
    signal(SIGPIPE, SIG_IGN);
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int status = process_run(&options, &result, NULL);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    signal(SIGPIPE, SIG_DFL);
    close(leaked);
    assert_int_equal(status, 0);
    assert_non_null(strstr(result.output, "PORT=4711 HOME=/elsewhere folder=/usr\n"));
    assert_non_null(strstr(result.output, "group=1 pipe=0 term_blocked=0 "));
    assert_non_null(strstr(result.output, " input=0\n"));
    assert_null(strstr(result.output, "inherited"));
    process_result_release(&result);
}

TEST(a_relative_program_is_found_in_the_folder)
{
    char *argv[] = {"./sh", "-c", "exit 7", NULL};
    struct process_options options = {.child = {.argv = argv, .folder = "/bin"}};
    struct process_result result;

    assert_int_equal(process_run(&options, &result, NULL), 0);
    assert_int_equal(result.ending.exit_code, 7);
    process_result_release(&result);
}

TEST(no_descriptor_and_no_zombie_is_left)
{
    unsigned before = open_file_descriptors();

    for (int i = 0; i < 5; i++) {
        struct process_result result = run("leave", "0", 0);
        process_result_release(&result);
        char *argv[] = {"/no/such/program", NULL};
        struct process_options options = {.child = {.argv = argv}};
        assert_int_equal(process_run(&options, &result, NULL), -1);
    }
    assert_int_equal(open_file_descriptors(), before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

int before_tests(int argc, char **argv)
{
    int status;

    if (child_role_played(argc, argv, &status)) {
        return status;
    }
    return RUN_TESTS;
}
