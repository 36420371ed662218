#include "command.h"

#include "manual/manual.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void help(const char *usage, const struct option *options)
{
    printf("usage: twofold %s\n", usage);
    for (; options->name != NULL && options->kind != OPTION_EXAMPLE; options++) {
        char left[64];
        bool lettered = options->name[1] == '\0';
        int length = snprintf(left, sizeof left, "%s%s", lettered ? "-" : "--", options->name);
        if (options->value != NULL) {
            snprintf(left + length, sizeof left - (size_t)length, " %s", options->value);
        }
        printf("  %-24s %s\n", left, options->help);
    }
    if (options->name != NULL) {
        puts("\nexamples:");
    }
    for (; options->name != NULL; options++) {
        printf("  twofold %s\n      %s\n", options->value, options->help);
    }
}

int command_read(const struct command_line *line, const char *usage, const struct option *options,
                 struct arguments_list *rest, struct error *err)
{
    if (line->manual != NULL) {
        manual_take(line->manual, usage, options);
        return 1;
    }
    for (char **word = line->argv + 1; *word != NULL && strcmp(*word, "--") != 0; word++) {
        if (strcmp(*word, "--help") == 0 || strcmp(*word, "-h") == 0) {
            help(usage, options);
            return 1;
        }
    }
    if (arguments_read(line->argv, options, rest, err) != 0) {
        return error_context(err, "%s", line->argv[0]);
    }
    return 0;
}

/* ---- destinations ---- */

static const char *option_of(const struct destination *to)
{
    return to->option != NULL ? to->option : "standard output";
}

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Standard output under whatever name: "-", or /dev/stdout, which is a regular file where it was redirected to one. */
static bool is_standard_output(const char *file)
{
    struct stat named, standard;

    if (file == NULL || strcmp(file, "-") == 0) {
        return true;
    }
    return stat(file, &named) == 0 && fstat(STDOUT_FILENO, &standard) == 0 && is_same(&named, &standard);
}

/* Devices and pipes are written to as they are; a file is never overwritten. */
static bool is_device(const char *file)
{
    struct stat there;
    return stat(file, &there) == 0 && !S_ISREG(there.st_mode) && !S_ISDIR(there.st_mode);
}

static int cannot(const struct destination *to, const char *what, int why, struct error *err)
{
    return error_input(err, "%s %s: cannot be %s: %s", option_of(to), to->file, what, strerror(why));
}

int command_check_destination(const struct destination *to, struct error *err)
{
    struct stat there;

    if (is_standard_output(to->file) || is_device(to->file)) {
        return 0;
    }
    if (lstat(to->file, &there) == 0) {
        return cannot(to, "created", EEXIST, err);
    }
    char *path = mem_string(to->file);
    if (access(dirname(path), W_OK | X_OK) != 0) {
        cannot(to, "created", errno, err);
    }
    free(path);
    return err->kind == ERROR_NONE ? 0 : -1;
}

static FILE *open_destination(const struct destination *to, struct error *err)
{
    bool device = is_device(to->file);
    FILE *out = fopen(to->file, device ? "we" : "wxe");

    if (out == NULL) {
        cannot(to, device ? "opened" : "created", errno, err);
    }
    return out;
}

/* Returns 0 or the reason. */
static int put(const struct text *text, FILE *out)
{
    errno = 0;
    if (fwrite(text->data, 1, text->length, out) == text->length && fflush(out) == 0) {
        return 0;
    }
    return errno != 0 ? errno : EIO;
}

static int write_standard(const struct text *text, struct error *err)
{
    int why = put(text, stdout);

    if (why != 0) {
        clearerr(stdout); /* it is told here */
    }
    if (why == 0 || why == EPIPE) {
        return 0;
    }
    return error_failed(err, "standard output: cannot be written: %s", strerror(why));
}

int command_write_to(const struct text *text, const struct destination *to, struct error *err)
{
    if (is_standard_output(to->file)) {
        return write_standard(text, err);
    }
    bool is_new = !is_device(to->file);
    FILE *out = open_destination(to, err);
    if (out == NULL) {
        return -1;
    }
    int why = put(text, out);
    if (fclose(out) != 0 && why == 0) {
        why = errno;
    }
    if (why == 0 || (why == EPIPE && !is_new)) {
        return 0;
    }
    if (is_new) {
        unlink(to->file);
    }
    return error_failed(err, "%s: cannot be written: %s", to->file, strerror(why));
}

int command_write(const struct text *text, const char *file, struct error *err)
{
    return command_write_to(text, &(struct destination){"--out", file}, err);
}

int command_end(int status)
{
    bool lost = ferror(stdout) != 0;

    errno = 0;
    if (fflush(stdout) == 0 && !lost) {
        return status;
    }
    if (errno == EPIPE) {
        return status;
    }
    fprintf(stderr, "twofold: standard output: cannot be written: %s\n", strerror(errno != 0 ? errno : EIO));
    return status == EXIT_FINE ? EXIT_FAILED : status;
}

void command_open_standard(void)
{
    static const int modes[] = {[STDIN_FILENO] = O_RDONLY, [STDOUT_FILENO] = O_RDONLY, [STDERR_FILENO] = O_RDWR};

    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
            (void)!open("/dev/null", modes[fd]); /* the lowest that is free is this one */
        }
    }
}

void command_raise_file_descriptors(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}
