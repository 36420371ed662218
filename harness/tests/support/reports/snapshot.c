#include "snapshot.h"

#include "base/error.h"
#include "base/file.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void save(const char *folder, const char *path, const struct text *bytes)
{
    mkdir(folder, 0777);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes->data, 1, bytes->length, file), bytes->length);
    assert_int_equal(fclose(file), 0);
}

void snapshot_check(const char *folder, const char *file, const struct text *made)
{
    char *path = file_join(folder, file);
    struct text kept = {0};
    struct error err = {0};

    if (getenv("TWOFOLD_UPDATE") != NULL) {
        save(folder, path, made);
    } else if (file_read(path, &kept, &err) != 0) {
        fail_msg("%s (TWOFOLD_UPDATE=1 writes it)", err.message);
    } else if (kept.length != made->length || memcmp(kept.data, made->data, kept.length) != 0) {
        fwrite(made->data, 1, made->length, stderr);
        fail_msg("%s is not what is written now, which stands above (TWOFOLD_UPDATE=1 keeps that)", path);
    }
    text_release(&kept);
    free(path);
}
