#include "base/file.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* No file of people is longer; what claims to be is sparse, or never ends. */
#define READ_MOST (UINT64_C(4) << 30)

/* /dev/zero and its like never end. A terminal ends where its user says so. */
static int check_kind(FILE *file, const char *path, struct error *err)
{
    struct stat info;

    if (fstat(fileno(file), &info) != 0) {
        return error_input(err, "%s: cannot be read: %s", path, strerror(errno));
    }
    if (S_ISBLK(info.st_mode) || (S_ISCHR(info.st_mode) && !isatty(fileno(file)))) {
        return error_input(err, "%s: is a device; expected a file", path);
    }
    return 0;
}

int file_open(const char *path, FILE **ret_file, struct error *err)
{
    FILE *file = fopen(path, "rbe");

    if (file == NULL) {
        return error_input(err, "%s: cannot be opened: %s", path, strerror(errno));
    }
    if (check_kind(file, path, err) != 0) {
        fclose(file);
        return -1;
    }
    *ret_file = file;
    return 0;
}

static int too_long(const char *path, struct error *err)
{
    return error_input(err, "%s: is longer than 4 GiB", path);
}

static int read_rest(FILE *file, const char *path, struct text *text, struct error *err)
{
    char block[16384];
    size_t got, before = text->length;
    struct stat info;

    if (fstat(fileno(file), &info) == 0 && S_ISREG(info.st_mode) && (uint64_t)info.st_size > READ_MOST) {
        return too_long(path, err);
    }
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        text_append(text, block, got);
        if (text->length - before > READ_MOST) {
            return too_long(path, err);
        }
    }
    if (ferror(file)) {
        return error_input(err, "%s: cannot be read: %s", path, strerror(errno));
    }
    return 0;
}

static int check_utf8(const char *path, const char *bytes, size_t length, struct error *err)
{
    return utf8_is_other(bytes, length) ? error_input(err, "%s: is UTF-16 text; expected UTF-8", path) : 0;
}

/* Drops a byte order mark, which is no part of the text behind it. */
static int check_encoding(const char *path, struct text *text, size_t start, struct error *err)
{
    size_t length = text->length - start;
    char *bytes = text->data + start;

    if (check_utf8(path, bytes, length, err) != 0) {
        return -1;
    }
    size_t mark = utf8_mark(bytes, length);
    if (mark > 0) {
        memmove(bytes, bytes + mark, length - mark + 1);
        text->length -= mark;
    }
    return 0;
}

int file_read(const char *path, struct text *ret_text, struct error *err)
{
    size_t start = ret_text->length;
    FILE *file = NULL;

    if (file_open(path, &file, err) != 0) {
        return -1;
    }
    int result = read_rest(file, path, ret_text, err);
    fclose(file);
    if (result != 0) {
        return -1;
    }
    text_append(ret_text, "", 0);
    return check_encoding(path, ret_text, start, err);
}

char *file_join(const char *folder, const char *name)
{
    return mem_format("%s/%s", folder, name);
}

bool file_is_inside(const char *path)
{
    if (path[0] == '/' || path[0] == '\0') {
        return false;
    }
    for (const char *part = path; part != NULL; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0')) {
            return false;
        }
    }
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int file_list(const char *folder, char ***ret_names, struct error *err)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;
    char **names = NULL;
    size_t count = 0;

    if (dir == NULL) {
        return error_input(err, "%s: cannot be listed: %s", folder, strerror(errno));
    }
    while ((entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            *list_add(names, count) = mem_string(entry->d_name);
        }
    }
    closedir(dir);
    *list_add(names, count) = NULL;
    qsort(names, count - 1, sizeof *names, by_name);
    *ret_names = names;
    return 0;
}

void file_list_free(char **names)
{
    for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
        free(names[i]);
    }
    free(names);
}
