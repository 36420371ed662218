#include "plan/manifest/manifest.h"

#include "base/file.h"
#include "base/list.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Reads FOLDER/backend.json as the next of the list; a folder without one is no backend. */
static int add(struct manifest **manifests, size_t *count, const char *folder, struct error *err)
{
    struct manifest manifest;
    char *file = file_join(folder, "backend.json");
    int result = 0;

    if (access(file, F_OK) == 0) {
        result = manifest_read(&manifest, folder, err);
        if (result == 0) {
            *list_add(*manifests, *count) = manifest;
        }
    }
    free(file);
    return result;
}

int manifest_list(const char *backends, struct manifest **ret_manifests, size_t *ret_count, struct error *err)
{
    char **names;
    struct manifest *manifests = NULL;
    size_t count = 0;
    int result = 0;

    if (file_list(backends, &names, err) != 0) {
        return -1;
    }
    for (size_t i = 0; names[i] != NULL && result == 0; i++) {
        char *folder = file_join(backends, names[i]);
        result = add(&manifests, &count, folder, err);
        free(folder);
    }
    file_list_free(names);
    if (result == 0) {
        *ret_manifests = manifests;
        *ret_count = count;
        return 0;
    }
    while (count > 0) {
        manifest_release(&manifests[--count]);
    }
    free(manifests);
    return -1;
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
