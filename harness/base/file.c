#include "base/file.h"

#include "base/list.h"
#include "base/mem.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int file_read(const char *path, struct text *ret_text, struct error *err)
{
    char block[16384];
    size_t got;
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        return error_input(err, "%s: cannot be opened: %s", path, strerror(errno));
    }
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        text_append(ret_text, block, got);
    }
    if (ferror(file)) {
        error_input(err, "%s: cannot be read: %s", path, strerror(errno));
        fclose(file);
        return -1;
    }
    fclose(file);
    if (ret_text->data == NULL) {
        text_append(ret_text, "", 0);
    }
    return 0;
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
