#include "plan/manifest/manifest.h"

#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct manifest_found {
    struct manifest *manifests;
    size_t count;
    struct wrong_manifest *wrong;
    size_t wrong_count;
};

/* Reads backends/NAME/backend.json as the next of the list; a folder without one is no backend. */
static void add(struct manifest_found *list, const char *backends, const char *name)
{
    struct manifest manifest;
    struct error why = {0};
    char *folder = file_join(backends, name);
    char *file = file_join(folder, "backend.json");

    if (access(file, F_OK) == 0 && manifest_read(&manifest, folder, &why) == 0) {
        *list_add(list->manifests, list->count) = manifest;
    } else if (why.kind != ERROR_NONE) {
        *list_add(list->wrong, list->wrong_count) =
            (struct wrong_manifest){.name = mem_string(name), .why = mem_string(why.message)};
    }
    free(file);
    free(folder);
}

int manifest_list(const char *backends, struct manifest **ret_manifests, size_t *ret_count,
                  struct wrong_manifest **ret_wrong, struct error *err)
{
    struct manifest_found list = {0};
    char **names;

    if (file_list(backends, &names, err) != 0) {
        return -1;
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        add(&list, backends, names[i]);
    }
    file_list_free(names);
    list_add(list.wrong, list.wrong_count); /* ends the list */
    *ret_manifests = list.manifests;
    *ret_count = list.count;
    *ret_wrong = list.wrong;
    return 0;
}

void manifest_wrong_free(struct wrong_manifest *wrong)
{
    for (size_t i = 0; wrong[i].name != NULL; i++) {
        free(wrong[i].name);
        free(wrong[i].why);
    }
    free(wrong);
}

/* The number at `*next` without its leading zeros; steps over it and a dot behind it. */
static size_t take_number(const char **next, const char **ret_digits)
{
    const char *digits = *next + strspn(*next, "0");
    size_t length = strspn(digits, "0123456789");

    *next = digits + length;
    *next += **next == '.';
    *ret_digits = digits;
    return length;
}

/* Compared as digits, so that no number is too long. A number that is not there is 0. */
int manifest_compare_versions(const char *a, const char *b)
{
    while (*a != '\0' || *b != '\0') {
        const char *before_a = a;
        const char *before_b = b;
        const char *digits_a;
        const char *digits_b;
        size_t length_a = take_number(&a, &digits_a);
        size_t length_b = take_number(&b, &digits_b);
        if (length_a != length_b) {
            return length_a < length_b ? -1 : 1;
        }
        int order = memcmp(digits_a, digits_b, length_a);
        if (order != 0) {
            return order < 0 ? -1 : 1;
        }
        if (a == before_a && b == before_b) {
            break; /* neither goes on with a number: "1.25rc1" is "1.25" */
        }
    }
    return 0;
}
