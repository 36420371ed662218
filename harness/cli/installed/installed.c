#include "installed/installed.h"

#include "version/build_facts.h"

#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SHARE "../share/twofold"

extern char **environ;

static bool is_folder(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0 && S_ISDIR(there.st_mode);
}

/* The folder at `path`, which is freed; NULL where there is none. */
static char *only_folder(char *path)
{
    if (path != NULL && !is_folder(path)) {
        free(path);
        return NULL;
    }
    return path;
}

char *installed_share(void)
{
    char program[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);

    if (length <= 0) {
        return NULL;
    }
    program[length] = '\0';
    char *path = file_join(dirname(program), SHARE), *share = realpath(path, NULL);
    free(path);
    return only_folder(share);
}

static char *installed(const char *name)
{
    char *share = installed_share(), *path = share != NULL ? file_join(share, name) : NULL;

    free(share);
    return only_folder(path);
}

char *installed_scenarios(void)
{
    return installed("scenarios");
}

/* ---- the copy ---- */

/* "…/.cache/twofold/0.1.0-7443e99"; NULL where the environment names no folder. */
static char *cache_folder(void)
{
    const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");

    if (cache != NULL && cache[0] == '/') {
        return mem_format("%s/twofold/%s-%s", cache, TWOFOLD_VERSION, build_commit);
    }
    if (home != NULL && home[0] == '/') {
        return mem_format("%s/.cache/twofold/%s-%s", home, TWOFOLD_VERSION, build_commit);
    }
    return NULL;
}

static void make_folders(const char *path)
{
    char *part = mem_string(path);

    for (char *slash = strchr(part + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(part, 0777);
        *slash = '/';
    }
    mkdir(part, 0777);
    free(part);
}

static int copy_folder(const char *from, const char *to)
{
    char command[] = "cp", option[] = "-RP", *argv[] = {command, option, (char *)from, (char *)to, NULL};
    int status;
    pid_t pid;

    if (posix_spawnp(&pid, command, NULL, NULL, argv, environ) != 0) {
        return -1;
    }
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR) {
            return -1;
        }
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -1;
}

/* Whole or not at all, whoever else makes it at the same time. */
static int make_copy(const char *from, const char *cache, const char *copy, struct error *err)
{
    char *fresh = mem_format("%s/backends.%ld", cache, (long)getpid());
    int result = 0;

    make_folders(cache);
    if (copy_folder(from, fresh) != 0 || (rename(fresh, copy) != 0 && !is_folder(copy))) {
        result = error_failed(err, "%s: the sample backends cannot be copied to %s, where they are built", from, copy);
    }
    free(fresh);
    return result;
}

char *installed_backends(struct error *err)
{
    char *from = installed("backends");

    if (from == NULL) {
        return NULL;
    }
    char *cache = cache_folder();
    if (cache == NULL) {
        error_failed(err, "neither XDG_CACHE_HOME nor HOME names a folder for the sample backends to be built in");
        free(from);
        return NULL;
    }
    char *copy = file_join(cache, "backends");
    if (!is_folder(copy) && make_copy(from, cache, copy, err) != 0) {
        free(copy);
        copy = NULL;
    }
    free(cache);
    free(from);
    return copy;
}
