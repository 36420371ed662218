#include "bench/service/owning/lock_file.h"

#include "base/file.h"
#include "base/list.h"

#include <ctype.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

typedef int count_function(const char *path, char *text, uint64_t *ret_count, struct error *err);

/* The next line of `*at`, which it is cut out of, without blanks around it; NULL after the last. */
static char *take_line(char **at)
{
    if (*at == NULL || **at == '\0') {
        return NULL;
    }
    char *line = *at;
    char *end = line + strcspn(line, "\n");
    *at = end;
    if (*end == '\n') {
        (*at)++;
    }
    *end = '\0';
    while (end > line && isspace((unsigned char)end[-1])) {
        *--end = '\0';
    }
    return line + strspn(line, " \t");
}

static bool starts(const char *line, const char *with)
{
    return strncmp(line, with, strlen(with)) == 0;
}

static int count_cargo(const char *path, char *text, uint64_t *ret_count, struct error *err)
{
    uint64_t packages = 0, sourced = 0;
    bool in_package = false, has_source = false;
    char *line;

    while ((line = take_line(&text)) != NULL) {
        if (line[0] == '[') {
            in_package = strcmp(line, "[[package]]") == 0;
            packages += in_package;
            has_source = false;
        } else if (in_package && !has_source && starts(line, "source = ")) {
            has_source = true;
            sourced++;
        }
    }
    if (packages == 0) {
        return error_input(err, "%s: no [[package]] in it", path);
    }
    *ret_count = sourced;
    return 0;
}

static bool is_shipped(const char *key, const json_t *package)
{
    return strstr(key, "node_modules/") != NULL && !json_is_true(json_object_get(package, "dev")) &&
           !json_is_true(json_object_get(package, "link"));
}

static int count_npm(const char *path, char *text, uint64_t *ret_count, struct error *err)
{
    json_error_t problem;
    json_t *top = json_loads(text, 0, &problem);
    const char *key;
    json_t *package;
    uint64_t count = 0;

    if (top == NULL) {
        return error_input(err, "%s:%d: %s", path, problem.line, problem.text);
    }
    json_t *packages = json_object_get(top, "packages");
    if (!json_is_object(packages)) {
        json_decref(top);
        return error_input(err, "%s: no \"packages\" in it: a lock file of npm 7 or later is needed", path);
    }
    json_object_foreach(packages, key, package)
    {
        count += is_shipped(key, package);
    }
    json_decref(top);
    *ret_count = count;
    return 0;
}

static int count_pip(const char *path, char *text, uint64_t *ret_count, struct error *err)
{
    uint64_t count = 0;
    unsigned number = 0;
    bool continued = false;
    char *line;

    while ((line = take_line(&text)) != NULL) {
        bool is_rest = continued;
        size_t length = strlen(line);
        number++;
        continued = length > 0 && line[length - 1] == '\\';
        if (starts(line, "-r") || starts(line, "--requirement")) {
            return error_input(err, "%s:%u: it leads to another file, which is not counted", path, number);
        }
        /* Comments; options such as "--hash=…" and "-e ."; blank lines. */
        if (is_rest || length == 0 || line[0] == '#' || line[0] == '-') {
            continue;
        }
        if (strstr(line, "==") == NULL && strstr(line, " @ ") == NULL) {
            return error_input(err, "%s:%u: \"%.60s\" is not pinned to a version", path, number, line);
        }
        count++;
    }
    *ret_count = count;
    return 0;
}

struct names {
    char **list;
    size_t count;
};

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static uint64_t count_distinct(struct names *names)
{
    char **list = names->list;
    uint64_t distinct = 0;

    if (names->count > 0) {
        qsort(list, names->count, sizeof *list, by_name);
    }
    for (size_t i = 0; i < names->count; i++) {
        distinct += i == 0 || strcmp(list[i], list[i - 1]) != 0;
    }
    return distinct;
}

/* "MODULE VERSION h1:HASH", or "MODULE VERSION/go.mod h1:HASH" for a module of which only the go.mod was read. */
static int count_go_sum(const char *path, char *text, uint64_t *ret_count, struct error *err)
{
    struct names modules = {0};
    unsigned number = 0;
    char *line;

    while ((line = take_line(&text)) != NULL) {
        char *version = strchr(line, ' ');
        char *hash = version != NULL ? strchr(version + 1, ' ') : NULL;
        number++;
        if (line[0] == '\0') {
            continue;
        }
        if (hash == NULL || !starts(hash + 1, "h1:")) {
            free(modules.list);
            return error_input(err, "%s:%u: not a line of go.sum", path, number);
        }
        *version = '\0';
        if (hash - version < 8 || !starts(hash - 7, "/go.mod")) {
            *list_add(modules.list, modules.count) = line;
        }
    }
    *ret_count = count_distinct(&modules);
    free(modules.list);
    return 0;
}

static int count_go_mod(const char *path, char *text, uint64_t *ret_count, struct error *err)
{
    bool is_module = false;
    char *line;

    while ((line = take_line(&text)) != NULL) {
        is_module = is_module || starts(line, "module ");
        if (starts(line, "require ") || starts(line, "require(")) {
            return error_input(err, "%s: it has requirements: name go.sum as the lock file", path);
        }
    }
    if (!is_module) {
        return error_input(err, "%s: no module in it", path);
    }
    *ret_count = 0;
    return 0;
}

int lock_file_count(const char *path, uint64_t *ret_dependencies, struct error *err)
{
    static const struct {
        const char *name;
        count_function *count;
    } formats[] = {
        {"Cargo.lock", count_cargo},     {"package-lock.json", count_npm}, {"requirements.lock", count_pip},
        {"requirements.txt", count_pip}, {"go.sum", count_go_sum},         {"go.mod", count_go_mod},
    };
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    struct text text = {0};
    size_t format = 0;

    while (format < sizeof formats / sizeof formats[0] && strcmp(formats[format].name, name) != 0) {
        format++;
    }
    if (format == sizeof formats / sizeof formats[0]) {
        return error_input(err,
                           "%s: not a lock file that can be counted: Cargo.lock, package-lock.json, requirements.lock, "
                           "requirements.txt, go.sum and go.mod can",
                           path);
    }
    int status = file_read(path, &text, err);
    if (status == 0) {
        status = formats[format].count(path, text.data, ret_dependencies, err);
    }
    text_release(&text);
    return status;
}
