#include "base/lines/new_file.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* More files of one second are not tried. */
#define NUMBERS_MOST 99

/* "results" of "results/run.jsonl". On the heap. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    if (slash == NULL) {
        return mem_string(".");
    }
    return mem_copy(path, slash == path ? 1 : (size_t)(slash - path));
}

const char *new_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? path : slash + 1;
}

/* The length of the path without its ending, which is ".jsonl.gz" of "run.jsonl.gz". */
static size_t stem_of(const char *path)
{
    const char *name = new_file_name(path), *dot = strrchr(name, '.');

    if (dot == NULL) {
        return strlen(path);
    }
    const char *before = strcmp(dot, ".gz") == 0 ? memrchr(name, '.', (size_t)(dot - name)) : NULL;
    return (size_t)((before != NULL ? before : dot) - path);
}

/* "run-2.jsonl" of "run.jsonl"; as it stands for 1. On the heap. */
static char *numbered(const char *path, unsigned number)
{
    size_t stem = stem_of(path);

    if (number == 1) {
        return mem_string(path);
    }
    return mem_format("%.*s-%u%s", (int)stem, path, number, path + stem);
}

int new_file_taken(const char *path, struct error *err)
{
    struct stat there;

    if (stat(path, &there) == 0 && !S_ISREG(there.st_mode)) {
        return error_input(err, "%s: is no regular file; what is written there has to be read again", path);
    }
    return error_input(err, "%s: exists already; results are never overwritten", path);
}

int new_file_check(const char *path, bool numbered_too, struct error *err)
{
    struct stat there;
    char *folder = folder_of(path);
    int result = 0;

    if (!numbered_too && lstat(path, &there) == 0) {
        result = new_file_taken(path, err);
    } else if (access(folder, W_OK | X_OK) != 0) {
        result = error_failed(err, "%s: cannot be created: %s", path, strerror(errno));
    }
    free(folder);
    return result;
}

/* Sets errno on failure. */
static int create(const char *path, unsigned numbers, char **ret_path)
{
    for (unsigned number = 1; number <= numbers; number++) {
        char *name = numbered(path, number);
        int fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
        if (fd >= 0) {
            flock(fd, LOCK_EX | LOCK_NB);
            *ret_path = name;
            return fd;
        }
        free(name);
        if (errno != EEXIST) {
            break;
        }
    }
    return -1;
}

int new_file_create(const char *path, bool numbered_too, char **ret_path)
{
    char *folder = folder_of(path);

    mkdir(folder, 0777);
    free(folder);
    return create(path, numbered_too ? NUMBERS_MOST : 1, ret_path);
}
