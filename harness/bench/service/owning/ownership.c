#include "bench/service/owning/ownership.h"

#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "bench/service/file_set.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- bytes ---- */

/* Folders that are still to be read: a list instead of recursion, so that depth costs no stack and no open folders. */
struct folders {
    char **paths;
    size_t count;
};

static void push(struct folders *folders, char *path)
{
    *list_add(folders->paths, folders->count) = path;
}

static void add_bytes(struct file_set *seen, const struct stat *info, uint64_t *bytes)
{
    if (S_ISREG(info->st_mode) && file_set_add(seen, info)) {
        *bytes += (uint64_t)info->st_size;
    }
}

static int add_folder(struct folders *folders, const char *folder, struct file_set *seen, uint64_t *bytes,
                      struct error *err)
{
    char **names;

    if (file_list(folder, &names, err) != 0) {
        return -1;
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        struct stat info;
        char *path = file_join(folder, names[i]);
        if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode)) {
            push(folders, path);
        } else {
            /* A file that has vanished since it was listed does not count. */
            if (lstat(path, &info) == 0) {
                add_bytes(seen, &info, bytes);
            }
            free(path);
        }
    }
    file_list_free(names);
    return 0;
}

static int add_tree(char *top, struct file_set *seen, uint64_t *bytes, struct error *err)
{
    struct folders folders = {0};
    int status = 0;

    push(&folders, top);
    while (folders.count > 0) {
        char *folder = folders.paths[--folders.count];
        if (status == 0) {
            status = add_folder(&folders, folder, seen, bytes, err);
        }
        free(folder);
    }
    free(folders.paths);
    return status;
}

int ownership_bytes(const char *folder, char *const *paths, uint64_t *ret_bytes, struct error *err)
{
    struct file_set seen = {0};
    uint64_t bytes = 0;
    int status = 0;

    for (size_t i = 0; status == 0 && paths[i] != NULL; i++) {
        struct stat info;
        char *path = file_join(folder, paths[i]);
        if (stat(path, &info) != 0) {
            status = error_failed(err, "%s: cannot be measured: %s", path, strerror(errno));
        } else if (S_ISDIR(info.st_mode)) {
            status = add_tree(path, &seen, &bytes, err);
            path = NULL;
        } else {
            add_bytes(&seen, &info, &bytes);
        }
        free(path);
    }
    file_set_release(&seen);
    if (status == 0) {
        *ret_bytes = bytes;
    }
    return status;
}

/* ---- lines ---- */

struct line_count {
    struct file_set seen;
    uint64_t lines, files;
    struct error *err;
};

/* A last line without a newline counts as well. */
static int add_lines(struct line_count *count, const char *path)
{
    char block[16384];
    char last = '\n';
    size_t got;
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        return error_input(count->err, "%s: cannot be opened: %s", path, strerror(errno));
    }
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        for (const char *at = block; (at = memchr(at, '\n', (size_t)(block + got - at))) != NULL; at++) {
            count->lines++;
        }
        last = block[got - 1];
    }
    int failed = ferror(file);
    fclose(file);
    count->lines += last != '\n';
    if (failed) {
        return error_input(count->err, "%s: cannot be read", path);
    }
    return 0;
}

static int match_folder(struct line_count *count, const char *folder, const char *pattern);

static int match_name(struct line_count *count, const char *folder, const char *name, const char *pattern)
{
    const char *rest = pattern + strcspn(pattern, "/");
    char *part = mem_copy(pattern, (size_t)(rest - pattern));
    char *path = file_join(folder, name);
    struct stat info;
    int status = 0;

    bool any = strcmp(part, "**") == 0;
    if (lstat(path, &info) == 0 && fnmatch(any ? "*" : part, name, FNM_PERIOD) == 0) {
        if (S_ISDIR(info.st_mode) && *rest == '/') {
            status = match_folder(count, path, any ? pattern : rest + 1);
        } else if (S_ISREG(info.st_mode) && *rest == '\0') {
            count->files++;
            if (file_set_add(&count->seen, &info)) {
                status = add_lines(count, path);
            }
        }
    }
    free(path);
    free(part);
    return status;
}

static int match_folder(struct line_count *count, const char *folder, const char *pattern)
{
    char **names;
    int status = 0;

    if (file_list(folder, &names, count->err) != 0) {
        return -1;
    }
    for (size_t i = 0; status == 0 && names[i] != NULL; i++) {
        status = match_name(count, folder, names[i], pattern);
    }
    file_list_free(names);
    if (status == 0 && strncmp(pattern, "**/", 3) == 0) { /* "**" also matches no folder at all */
        status = match_folder(count, folder, pattern + 3);
    }
    return status;
}

int ownership_lines(const char *folder, char *const *patterns, uint64_t *ret_lines, struct error *err)
{
    struct line_count count = {.err = err};
    int status = 0;

    for (size_t i = 0; status == 0 && patterns[i] != NULL; i++) {
        uint64_t before = count.files;
        status = match_folder(&count, folder, patterns[i]);
        if (status == 0 && count.files == before) {
            status = error_input(err, "%s: no file matches \"%s\"", folder, patterns[i]);
        }
    }
    file_set_release(&count.seen);
    if (status == 0) {
        *ret_lines = count.lines;
    }
    return status;
}
