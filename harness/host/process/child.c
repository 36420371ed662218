#include "host/process/child.h"

#include "base/clock.h"
#include "base/mem.h"
#include "host/proc/proc_scan.h"
#include "host/process/launch.h"
#include "host/process/offspring.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* A file that is there and still "not found" names an interpreter or a loader that is not. */
static bool is_there(const char *program, const char *folder)
{
    if (strchr(program, '/') == NULL) {
        return false;
    }
    if (program[0] == '/') {
        return access(program, F_OK) == 0;
    }
    char *path = mem_format("%s/%s", folder, program);
    bool there = access(path, F_OK) == 0;
    free(path);
    return there;
}

static const char *program_of(const struct child_options *options)
{
    return options->program != NULL ? options->program : options->argv[0];
}

static int report_failure(const struct child_options *options, const struct launch_failure *failure, struct error *err)
{
    struct text command = {0};
    const char *folder = options->folder != NULL ? options->folder : ".";

    child_describe(options->argv, &command);
    if (failure->stage == LAUNCH_GROUP) {
        error_failed(err, "cannot start `%s`: it cannot enter its control group: %s", command.data,
                     strerror(failure->cause));
    } else if (failure->stage == LAUNCH_FOLDER) {
        error_failed(err, "cannot start `%s`: folder %s: %s", command.data, folder, strerror(failure->cause));
    } else if (failure->stage == LAUNCH_CORES) {
        error_failed(err, "cannot start `%s`: its cores cannot be set: %s", command.data, strerror(failure->cause));
    } else {
        bool there = failure->cause == ENOENT && is_there(program_of(options), folder);
        error_failed(err, "cannot start `%s` in %s: %s%s", command.data, folder, strerror(failure->cause),
                     there ? " (the file is there; the interpreter or loader that it names is not)" : "");
    }
    text_release(&command);
    return -1;
}

/* Forks and waits until the program runs or has failed to start. */
static int run(struct child *child, struct launch *launch, const struct child_options *options, struct error *err)
{
    struct launch_failure failure;
    int report[2];

    if (launch_pipe(report) != 0) {
        return error_failed(err, "no pipe for a child process: %s", strerror(errno));
    }
    launch->report = report[1];
    child->started_ns = clock_now_ns();
    child->pid = launch_fork(launch);
    int cause = errno;
    close(report[1]);
    if (child->pid < 0) {
        close(report[0]);
        return error_failed(err, "no process for a child: %s", strerror(cause));
    }
    int failed = launch_failed(report[0], &failure);
    close(report[0]);
    if (failed) {
        waitpid(child->pid, NULL, 0);
        return report_failure(options, &failure, err);
    }
    return 0;
}

/* launch->input, and child->input if that is a pipe. */
static int open_input(struct child *child, struct launch *launch, bool with_pipe, struct error *err)
{
    int ends[2] = {-1, -1};

    if (with_pipe && launch_pipe(ends) != 0) {
        return error_failed(err, "no pipe for a child process: %s", strerror(errno));
    }
    launch->input = with_pipe ? ends[0] : launch_null();
    child->input = ends[1];
    if (launch->input < 0) {
        return error_failed(err, "/dev/null cannot be opened: %s", strerror(errno));
    }
    return 0;
}

static void close_input(struct child *child)
{
    if (child->input >= 0) {
        close(child->input);
        child->input = -1;
    }
}

static char *const *folders_of(const struct box_group *group)
{
    return group != NULL ? box_group_folders(group) : NULL;
}

static int open_and_run(struct child *child, struct launch *launch, const struct child_options *options,
                        struct error *err)
{
    int output[2];

    if (open_input(child, launch, options->with_input, err) != 0) {
        return -1;
    }
    if (launch_pipe(output) != 0) {
        close(launch->input);
        close_input(child);
        return error_failed(err, "no pipe for a child process: %s", strerror(errno));
    }
    launch->output = output[1];
    int status = run(child, launch, options, err);
    close(launch->input);
    close(output[1]);
    if (status != 0) {
        close(output[0]);
        close_input(child);
        return -1;
    }
    fcntl(output[0], F_SETFL, O_NONBLOCK);
    child->output = output[0];
    child->ended_fd = (int)syscall(SYS_pidfd_open, child->pid, 0);
    guard_start(&child->guard, &(struct guard_options){.group = child->pid,
                                                       .mark = child->mark,
                                                       .patience_ms = options->group_patience_ms,
                                                       .folders = folders_of(options->group)});
    return 0;
}

/* A name with a slash is a path; any other is looked for on PATH. NULL: it is not there. */
static char *path_of(const char *program)
{
    if (strchr(program, '/') != NULL) {
        return mem_string(program);
    }
    return child_find_program(program);
}

static int start(struct child *child, const struct child_options *options, struct error *err)
{
    struct launch launch = {.argv = options->argv, .folder = options->folder, .cores = options->cores};
    struct environment environment = options->environment;
    struct child started = {.input = -1};

    launch.owner = getpid();
    if (options->group != NULL) {
        launch.groups = box_group_entries(options->group, &launch.group_count);
    }
    adopted_begin();
    adopted_mark(started.mark);
    environment.mark = started.mark;
    char *path = path_of(program_of(options));
    if (path == NULL) {
        struct text command = {0};
        child_describe(options->argv, &command);
        error_failed(err, "cannot start `%s`: %s is not on PATH", command.data, program_of(options));
        text_release(&command);
        return -1;
    }
    launch.path = path;
    launch.environment = environment_make(&environment);
    int status = open_and_run(&started, &launch, options, err);
    environment_free(launch.environment);
    free(path);
    if (status == 0) {
        *child = started;
    }
    return status;
}

int child_start(struct child *child, const struct child_options *options, struct error *err)
{
    struct child_options own = *options;
    char **argv = options->group != NULL ? box_group_command(options->group, options->argv) : NULL;

    if (argv != NULL && argv[0] != options->argv[0]) { /* another program starts it */
        own.argv = argv;
        own.program = NULL;
    }
    int status = start(child, &own, err);
    free((void *)argv);
    return status;
}

bool child_ended(const struct child *child, struct ending *ret_ending)
{
    siginfo_t info = {0};

    if (waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 || info.si_pid == 0) {
        return false;
    }
    ret_ending->at_ns = clock_now_ns();
    ret_ending->exit_code = -1;
    ret_ending->signal = 0;
    if (info.si_code == CLD_EXITED) {
        ret_ending->exit_code = info.si_status;
    } else {
        ret_ending->signal = info.si_status;
    }
    return true;
}

void child_signal(const struct child *child, int signal)
{
    kill(child->pid, signal);
}

void child_signal_group(const struct child *child, int signal)
{
    kill(-child->pid, signal);
}

bool child_group_ended(const struct child *child)
{
    size_t count;
    struct proc_entry *entries = proc_scan(&count);
    bool ended = true;

    for (size_t i = 0; i < count; i++) {
        ended = ended && (entries[i].ended || entries[i].group != child->pid);
    }
    free(entries);
    return ended;
}

void child_release(struct child *child)
{
    struct offspring offspring = {0};

    child_signal_group(child, SIGKILL);
    offspring_add(&offspring, child->pid, child->mark);
    offspring_kill(&offspring);
    offspring_wait(&offspring, clock_now_ns() + 2 * CLOCK_SECOND_NS);
    waitpid(child->pid, NULL, WNOHANG);
    offspring_release(&offspring);
    guard_end(&child->guard);
    close_input(child);
    close(child->output);
    if (child->ended_fd >= 0) {
        close(child->ended_fd);
    }
}

void ending_describe(const struct ending *ending, struct text *out)
{
    static const struct {
        int number;
        const char *name;
    } signals[] = {
        {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"},   {SIGFPE, "SIGFPE"},   {SIGHUP, "SIGHUP"},   {SIGILL, "SIGILL"},
        {SIGINT, "SIGINT"},   {SIGKILL, "SIGKILL"}, {SIGPIPE, "SIGPIPE"}, {SIGQUIT, "SIGQUIT"}, {SIGSEGV, "SIGSEGV"},
        {SIGSYS, "SIGSYS"},   {SIGTERM, "SIGTERM"}, {SIGTRAP, "SIGTRAP"}, {SIGXCPU, "SIGXCPU"},
    };

    if (ending->signal == 0) {
        text_format(out, "exited with status %d", ending->exit_code);
        return;
    }
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        if (signals[i].number == ending->signal) {
            text_format(out, "was killed by %s", signals[i].name);
            return;
        }
    }
    text_format(out, "was killed by signal %d", ending->signal);
}

/* The folders in PATH may be relative to the working folder, and the child runs in another. */
static char *absolute(char *path)
{
    if (path[0] == '/') {
        return path;
    }
    char *here = getcwd(NULL, 0);
    char *whole = mem_format("%s/%s", here != NULL ? here : ".", path);
    free(here);
    free(path);
    return whole;
}

static bool is_program(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && access(path, X_OK) == 0;
}

char *child_find_program(const char *name)
{
    const char *at = getenv("PATH");

    if (at == NULL || name[0] == '\0' || strchr(name, '/') != NULL) {
        return NULL;
    }
    for (;; at++) {
        size_t length = strcspn(at, ":");
        char *path = mem_format("%.*s/%s", (int)length, at, name);
        if (length == 0) { /* an empty folder in PATH is the present one */
            free(path);
            path = mem_format("./%s", name);
        }
        if (is_program(path)) {
            return absolute(path);
        }
        free(path);
        at += length;
        if (*at == '\0') {
            return NULL;
        }
    }
}

void child_describe(char *const *argv, struct text *out)
{
    for (size_t i = 0; argv[i] != NULL; i++) {
        bool plain = argv[i][0] != '\0' && strpbrk(argv[i], " \t\n'\"\\$`&|;<>()*?") == NULL;
        const char *quote = plain ? "" : "'";
        text_add(out, i > 0 ? " " : "");
        text_format(out, "%s%s%s", quote, argv[i], quote);
    }
}
