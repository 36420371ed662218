/* case_folder: a folder of cases. Each case is a folder with an input; a case that must be rejected also has a file
 * "message" with the expected error message. */
#ifndef TWOFOLD_TESTS_SUPPORT_CASE_FOLDER_H
#define TWOFOLD_TESTS_SUPPORT_CASE_FOLDER_H

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Call `run` with the path of each case, in alphabetical order. Returns the number of cases. */
static inline size_t case_folder_each(const char *folder, void (*run)(const char *path))
{
    char **names;
    size_t count = 0;

    if (file_list(folder, &names, NULL) != 0) {
        return 0;
    }
    for (; names[count] != NULL; count++) {
        char *path = file_join(folder, names[count]);
        run(path);
        free(path);
    }
    file_list_free(names);
    return count;
}

/* Whether the message of `err`, without the path of the case, equals the file "message". Prints both when it does not.
 */
static inline int case_folder_agrees(const char *path, const struct error *err)
{
    struct text wanted = {0};
    char *file = file_join(path, "message");
    char *prefix = file_join(path, "");
    const char *rest = err->message;
    const char *found;
    struct text said = {0};

    if (file_read(file, &wanted, NULL) != 0) {
        text_add(&wanted, "(no file \"message\")");
    }
    while ((found = strstr(rest, prefix)) != NULL) {
        text_append(&said, rest, (size_t)(found - rest));
        rest = found + strlen(prefix);
    }
    text_format(&said, "%s\n", rest);
    int agrees = err->kind == ERROR_INPUT && strcmp(said.data, wanted.data) == 0;
    if (!agrees) {
        fprintf(stderr, "%s\n  wanted: %s  said:   %s", path, wanted.data, said.data);
    }
    text_release(&said);
    text_release(&wanted);
    free(prefix);
    free(file);
    return agrees;
}

#endif
