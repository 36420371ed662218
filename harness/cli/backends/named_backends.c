#include "backends/named_backends.h"

#include "installed/installed.h"
#include "places.h"

#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "plan/manifest/own_folders.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BACKENDS "backends"

/* ---- words ---- */

static bool is_folder(const char *path)
{
    struct stat there;
    return own_folders_is_path(path) && stat(path, &there) == 0 && S_ISDIR(there.st_mode);
}

struct word_list {
    char **items;
    size_t count;
};

/* Without the white space around it; NULL where nothing is left. */
static char *word_of(const char *from, size_t length)
{
    size_t before = strspn(from, " \t");

    if (before >= length) {
        return NULL;
    }
    from += before;
    length -= before;
    while (from[length - 1] == ' ' || from[length - 1] == '\t') {
        length--;
    }
    return mem_copy(from, length);
}

static void split(struct word_list *words, const char *list)
{
    if (is_folder(list)) {
        *list_add(words->items, words->count) = mem_string(list);
        return;
    }
    bool blank = list[strspn(list, " \t")] == '\0';
    while (*list != '\0' && !blank) {
        size_t length = strcspn(list, ",");
        char *word = word_of(list, length);
        *list_add(words->items, words->count) = word != NULL ? word : mem_string("");
        list += length + (list[length] == ',');
    }
}

char **named_backends_words(const char *const *lists, size_t count)
{
    struct word_list words = {0};

    if (count == 0) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        split(&words, lists[i]);
    }
    *list_add(words.items, words.count) = NULL;
    return words.items;
}

/* The path in "NAME=PATH" of this name; NULL: there is none. */
static const char *folder_of(const struct run_record *run, const char *name)
{
    size_t length = strlen(name);

    for (char *const *at = run->folders; at != NULL && *at != NULL; at++) {
        if (strncmp(*at, name, length) == 0 && (*at)[length] == '=') {
            return *at + length + 1;
        }
    }
    return NULL;
}

char **named_backends_recorded(const struct run_record *run)
{
    char **words = named_backends_words((const char *const[]){run->backends}, run->backends != NULL);

    for (size_t i = 0; words != NULL && words[i] != NULL; i++) {
        const char *folder = folder_of(run, words[i]);
        if (folder != NULL) {
            free(words[i]);
            words[i] = mem_string(folder);
        }
    }
    return words;
}

/* ---- those in backends/ ---- */

struct named {
    struct manifest *manifests; /* of backends/ */
    size_t count;
    struct wrong_manifest *wrong; /* NULL: backends/ was not looked into */
    struct manifest *kept;
    size_t kept_count;
};

static int look(struct named *named, struct error *err)
{
    char *folder;

    if (places_backends(&folder, err) != 0) {
        return -1;
    }
    int result = manifest_list(folder, &named->manifests, &named->count, &named->wrong, err);
    free(folder);
    return result;
}

/* One that is not here is taken from those that are installed. Returns 1 when it was kept, 0 when there is none. */
static int keep_installed(struct named *named, const char *word, struct error *err)
{
    char *installed = installed_backends(err);
    struct manifest manifest;
    struct stat there;
    int result = err->kind == ERROR_NONE ? 0 : -1;

    if (installed == NULL) {
        return result;
    }
    char *folder = file_join(installed, word);
    if (stat(folder, &there) == 0) {
        result = manifest_read(&manifest, folder, err) == 0 ? 1 : -1;
    }
    if (result > 0) {
        *list_add(named->kept, named->kept_count) = manifest;
    }
    free(folder);
    free(installed);
    return result;
}

/* Moves it. */
static void keep(struct named *named, struct manifest *manifest)
{
    *list_add(named->kept, named->kept_count) = *manifest;
    *manifest = (struct manifest){0};
}

static int unknown(const struct named *named, const char *word, struct error *err)
{
    struct stat there;
    struct text known = {0};

    for (size_t i = 0; i < named->count; i++) {
        if (named->manifests[i].name != NULL) { /* one that was kept is known as well */
            text_format(&known, "%s%s", known.length > 0 ? ", " : "", named->manifests[i].name);
        }
    }
    for (size_t i = 0; i < named->kept_count; i++) {
        text_format(&known, "%s%s", known.length > 0 ? ", " : "", named->kept[i].name);
    }
    error_input(err, "no backend is called \"%s\"; there are: %s%s%s", word, known.length > 0 ? known.data : "none",
                stat(word, &there) == 0 ? "; a folder is named by its path: ./" : "",
                stat(word, &there) == 0 ? word : "");
    text_release(&known);
    return -1;
}

static bool is_kept(const struct named *named, const char *name)
{
    for (size_t i = 0; i < named->kept_count; i++) {
        if (strcmp(named->kept[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Naming one twice is naming it. */
static int keep_named(struct named *named, const char *word, struct error *err)
{
    if (named->wrong == NULL && look(named, err) != 0) {
        return -1;
    }
    if (is_kept(named, word)) {
        return 0;
    }
    for (size_t i = 0; i < named->count; i++) {
        if (named->manifests[i].name != NULL && strcmp(named->manifests[i].name, word) == 0) {
            keep(named, &named->manifests[i]);
            return 0;
        }
    }
    for (size_t i = 0; named->wrong[i].name != NULL; i++) {
        if (strcmp(named->wrong[i].name, word) == 0) {
            *list_add(named->kept, named->kept_count) = (struct manifest){.folder = mem_format(BACKENDS "/%s", word),
                                                                          .name = mem_string(word),
                                                                          .wrong = mem_string(named->wrong[i].why)};
            return 0;
        }
    }
    int kept = keep_installed(named, word, err);
    if (kept != 0) {
        return kept > 0 ? 0 : -1;
    }
    return unknown(named, word, err);
}

/* All in backends/ but the reference service, or those of them that are measured where none is named. */
static int keep_all(struct named *named, bool defaults, struct error *err)
{
    if (look(named, err) != 0) {
        return -1;
    }
    for (size_t i = 0; named->wrong[i].name != NULL; i++) {
        fprintf(stderr, "twofold: %s is left out: %s\n", named->wrong[i].name, named->wrong[i].why);
    }
    for (size_t i = 0; i < named->count; i++) {
        bool wanted = !defaults || named->manifests[i].is_default;
        if (strcmp(named->manifests[i].name, PLACES_REFERENCE) != 0 && wanted) {
            keep(named, &named->manifests[i]);
        }
    }
    return named->kept_count > 0 ? 0 : error_input(err, BACKENDS ": no backend there");
}

/* ---- those that were named by their paths ---- */

static int keep_folders(struct named *named, char *const *words, struct error *err)
{
    struct manifest *own = NULL;
    char **paths = NULL;
    size_t path_count = 0, count = 0;

    for (size_t i = 0; words[i] != NULL; i++) {
        if (own_folders_is_path(words[i])) {
            *list_add(paths, path_count) = words[i];
        }
    }
    *list_add(paths, path_count) = NULL;
    int result = own_folders_read(paths, named->kept, named->kept_count, &own, &count, err);
    for (size_t i = 0; i < count; i++) {
        keep(named, &own[i]);
    }
    free(own);
    free((void *)paths);
    return result;
}

/* ---- all ---- */

static int check_any(const struct named *named, struct error *err)
{
    for (size_t i = 0; i < named->kept_count; i++) {
        if (named->kept[i].wrong == NULL) {
            return 0;
        }
    }
    if (named->kept_count == 0) {
        return error_input(err, "expected the name of a backend, or the path of a folder, found none");
    }
    return error_input(err, "%s", named->kept[0].wrong);
}

static int keep_words(struct named *named, char *const *words, struct error *err)
{
    for (size_t i = 0; words[i] != NULL; i++) {
        if (words[i][0] == '\0') {
            return error_input(err, "the list of backends has a comma without a name before it");
        }
    }
    for (size_t i = 0; words[i] != NULL; i++) {
        if (!own_folders_is_path(words[i]) && keep_named(named, words[i], err) != 0) {
            return -1;
        }
    }
    if (keep_folders(named, words, err) != 0) {
        return -1;
    }
    return check_any(named, err);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct manifest *)a)->name, ((const struct manifest *)b)->name);
}

/* Gives away what was kept, in order, and releases the rest; all of it where `result` is not 0. */
static int finish(struct named *named, int result, struct manifest **ret_manifests, size_t *ret_count)
{
    named_backends_free(named->manifests, named->count);
    if (named->wrong != NULL) {
        manifest_wrong_free(named->wrong);
    }
    if (result != 0) {
        named_backends_free(named->kept, named->kept_count);
        return -1;
    }
    if (named->kept_count > 0) {
        qsort(named->kept, named->kept_count, sizeof *named->kept, by_name);
    }
    *ret_manifests = named->kept;
    *ret_count = named->kept_count;
    return 0;
}

int named_backends_read(char *const *words, struct manifest **ret_manifests, size_t *ret_count, struct error *err)
{
    struct named named = {0};
    int result = words == NULL ? keep_all(&named, true, err) : keep_words(&named, words, err);

    return finish(&named, result, ret_manifests, ret_count);
}

int named_backends_all(struct manifest **ret_manifests, size_t *ret_count, struct error *err)
{
    struct named named = {0};

    return finish(&named, keep_all(&named, false, err), ret_manifests, ret_count);
}

void named_backends_free(struct manifest *manifests, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        manifest_release(&manifests[i]);
    }
    free(manifests);
}
