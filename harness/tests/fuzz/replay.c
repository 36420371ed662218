/* Calls a fuzz target with files: those named, and those in the folders named. */
#include "base/file.h"
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A target's own way of changing an input falls back on it; here nobody calls either. */
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most)
{
    memset(data + size, 0, most - size);
    return size;
}

static size_t replay_file(const char *path)
{
    struct text text = {0};
    struct error err = {0};

    if (file_read(path, &text, &err) != 0) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    printf("%s\n", path);
    fflush(stdout);
    /* A copy without anything behind it, so that reading past the end is seen. */
    uint8_t *data = malloc(text.length > 0 ? text.length : 1);
    memcpy(data, text.data, text.length);
    LLVMFuzzerTestOneInput(data, text.length);
    free(data);
    text_release(&text);
    return 1;
}

static size_t replay_folder(const char *path)
{
    struct error err = {0};
    char **names;
    size_t count = 0;

    if (file_list(path, &names, &err) != 0) {
        fprintf(stderr, "%s\n", err.message);
        exit(1);
    }
    for (; names[count] != NULL; count++) {
        char *file = file_join(path, names[count]);
        replay_file(file);
        free(file);
    }
    file_list_free(names);
    return count;
}

int main(int argc, char **argv)
{
    size_t count = 0;

    for (int i = 1; i < argc; i++) {
        struct stat status;
        bool is_folder = stat(argv[i], &status) == 0 && S_ISDIR(status.st_mode);
        count += is_folder ? replay_folder(argv[i]) : replay_file(argv[i]);
    }
    printf("%zu inputs\n", count);
    return count > 0 ? 0 : 1;
}
