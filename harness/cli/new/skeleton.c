#include "new/skeleton.h"

#include "command.h"

#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int write_file(const char *folder, const struct skeleton_file *file, struct error *err)
{
    char *path = file_join(folder, file->name);
    struct text text = {0};

    text_add(&text, file->text);
    int result = command_write_to(&text, &(struct destination){.file = path}, err);
    text_release(&text);
    free(path);
    return result;
}

static void remove_files(const char *folder)
{
    for (const struct skeleton_file *file = skeleton_files; file->name != NULL; file++) {
        char *path = file_join(folder, file->name);
        unlink(path);
        free(path);
    }
    rmdir(folder);
}

int skeleton_write(const char *folder, struct error *err)
{
    if (mkdir(folder, 0777) != 0) {
        int reason = errno;
        if (reason == EEXIST) {
            return error_input(err, "%s is there already; nothing was written", folder);
        }
        return error_input(err, "%s cannot be made: %s", folder, strerror(reason));
    }
    for (const struct skeleton_file *file = skeleton_files; file->name != NULL; file++) {
        if (write_file(folder, file, err) != 0) {
            remove_files(folder);
            return -1;
        }
    }
    return 0;
}
