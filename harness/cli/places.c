#include "places.h"

#include "installed/installed.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text), end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

static bool is_scenario(const char *file)
{
    return ends_with(file, ".json") && !ends_with(file, ".schema.json");
}

static bool is_here(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0;
}

static void nowhere(const char *folder, const char *instead, struct error *err)
{
    error_input(err,
                "there is no folder %s/ here, and none is installed beside the program: run it in a checkout of "
                "twofold, or give %s",
                folder, instead);
}

/* On the heap; NULL: there is none. */
static char *scenario_folder(void)
{
    return is_here("scenarios") ? mem_string("scenarios") : installed_scenarios();
}

int places_scenarios(char ***ret_names, struct error *err)
{
    char *folder = scenario_folder();
    size_t count = 0;

    if (folder == NULL) {
        nowhere("scenarios", "the path of a scenario, or the URL of a service", err);
        return -1;
    }
    int result = file_list(folder, ret_names, err);
    free(folder);
    if (result != 0) {
        return -1;
    }
    char **names = *ret_names;
    for (size_t i = 0; names[i] != NULL; i++) {
        if (is_scenario(names[i])) {
            names[i][strlen(names[i]) - strlen(".json")] = '\0';
            names[count++] = names[i];
        } else {
            free(names[i]);
        }
    }
    names[count] = NULL;
    return 0;
}

/* "no scenario is called …; there are: catalog, …" */
static int unknown_scenario(const char *name, struct error *err)
{
    char **names;
    struct text known = {0};

    if (places_scenarios(&names, err) != 0) {
        return -1;
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        text_format(&known, "%s%s", known.length > 0 ? ", " : "", names[i]);
    }
    error_input(err, "no scenario is called \"%s\"; there are: %s", name, known.length > 0 ? known.data : "none");
    text_release(&known);
    file_list_free(names);
    return -1;
}

bool places_is_path(const char *name)
{
    return strchr(name, '/') != NULL || ends_with(name, ".json");
}

/* Here, or else installed; NULL: there is none. On the heap. */
static char *scenario_file(const char *name)
{
    char *file = mem_format("scenarios/%s.json", name);

    if (!is_here(file)) {
        char *folder = installed_scenarios();
        free(file);
        file = folder != NULL ? mem_format("%s/%s.json", folder, name) : NULL;
        free(folder);
    }
    if (file != NULL && !is_here(file)) {
        free(file);
        return NULL;
    }
    return file;
}

int places_scenario(const char *name, const struct overrides *overrides, struct scenario *ret_scenario,
                    struct error *err)
{
    static const struct overrides none = {0};

    if (overrides == NULL) {
        overrides = &none;
    }
    if (places_is_path(name)) {
        return overrides_read(overrides, name, ret_scenario, err);
    }
    char *file = scenario_file(name);
    int result;
    if (file != NULL) {
        result = overrides_read(overrides, file, ret_scenario, err);
    } else {
        result = unknown_scenario(name, err);
    }
    free(file);
    return result;
}

int places_ready_scenario(const char *name, const struct overrides *overrides, struct scenario *ret_scenario,
                          struct error *err)
{
    struct scenario scenario = {0};

    if (places_scenario(name, overrides, &scenario, err) != 0) {
        return -1;
    }
    if (traffic_need_env(&scenario.traffic, err) != 0) {
        error_context(err, "scenario %s", scenario.name);
        scenario_release(&scenario);
        return -1;
    }
    *ret_scenario = scenario;
    return 0;
}

int places_backends(char **ret_folder, struct error *err)
{
    if (is_here("backends")) {
        *ret_folder = mem_string("backends");
        return 0;
    }
    char *folder = installed_backends(err);
    if (err != NULL && err->kind != ERROR_NONE) {
        return -1;
    }
    if (folder == NULL) {
        nowhere("backends", "the path of a service's folder, or its URL", err);
        return -1;
    }
    *ret_folder = folder;
    return 0;
}

int places_reference(struct manifest *ret_manifest)
{
    struct error why = {0};
    char *backends = NULL, *folder;

    if (is_here("backends/" PLACES_REFERENCE)) {
        return manifest_read(ret_manifest, "backends/" PLACES_REFERENCE, NULL);
    }
    backends = installed_backends(&why);
    if (backends == NULL) {
        return -1;
    }
    folder = file_join(backends, PLACES_REFERENCE);
    int result = manifest_read(ret_manifest, folder, NULL);
    free(folder);
    free(backends);
    return result;
}

char *places_new_result(const char *scenario)
{
    char now[32], stamp[32];
    size_t length = 0;

    clock_wall(now, sizeof now);
    for (const char *at = now; *at != '\0'; at++) {
        if (*at != '-' && *at != ':') {
            stamp[length++] = *at;
        }
    }
    stamp[length] = '\0';
    mkdir("results", 0777);
    return mem_format("results/%s-%s.jsonl.gz", scenario, stamp);
}

/* A run log, and the time at which it was last written. */
struct result {
    char *path;
    struct timespec written;
};

static int by_time(const void *a, const void *b)
{
    const struct result *first = a, *second = b;

    if (first->written.tv_sec != second->written.tv_sec) {
        return first->written.tv_sec < second->written.tv_sec ? 1 : -1;
    }
    if (first->written.tv_nsec != second->written.tv_nsec) {
        return first->written.tv_nsec < second->written.tv_nsec ? 1 : -1;
    }
    return strcmp(second->path, first->path);
}

bool places_is_run(const char *path)
{
    struct stat there;

    if (!ends_with(path, ".jsonl") && !ends_with(path, ".jsonl.gz")) {
        return false;
    }
    if (stat(path, &there) != 0) {
        fprintf(stderr, "twofold: left out: %s: cannot be opened: %s\n", path, strerror(errno));
        return false;
    }
    if (!S_ISREG(there.st_mode)) {
        fprintf(stderr, "twofold: left out: %s: is no regular file\n", path);
        return false;
    }
    return there.st_size > 0;
}

static struct result *list_results(char *const *names, size_t *ret_count)
{
    struct result *results = NULL;
    size_t count = 0;

    for (size_t i = 0; names[i] != NULL; i++) {
        char *path = file_join("results", names[i]);
        struct stat there;
        if (places_is_run(path) && stat(path, &there) == 0) {
            *list_add(results, count) = (struct result){path, there.st_mtim};
        } else {
            free(path);
        }
    }
    *ret_count = count;
    return results;
}

char **places_results(void)
{
    char **names, **paths;
    size_t count;

    if (file_list("results", &names, NULL) != 0) {
        return mem_new(1, sizeof *paths);
    }
    struct result *results = list_results(names, &count);
    file_list_free(names);
    if (count > 0) {
        qsort(results, count, sizeof *results, by_time);
    }
    paths = mem_new(count + 1, sizeof *paths);
    for (size_t i = 0; i < count; i++) {
        paths[i] = results[i].path;
    }
    free(results);
    return paths;
}
