#include "command.h"
#include "new/skeleton.h"

#include "base/file.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BACKENDS "backends"

static bool is_folder(const char *path)
{
    struct stat there;
    return stat(path, &there) == 0 && S_ISDIR(there.st_mode);
}

static int check_name(const char *name, struct error *err)
{
    if (name[0] == '\0' || name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0' || name[0] == '-') {
        return error_input(err,
                           "new backend: expected a name of a-z, 0-9 and \"-\", found \"%s\" (--in says in which "
                           "folder it is made)",
                           name);
    }
    return 0;
}

/* What to do with it next. A folder in backends/ has a name, any other a path. */
static void tell(const char *folder, const char *name, bool named, struct text *out)
{
    const char *backend = named ? name : folder;

    text_format(out, "%s:", folder);
    for (const struct skeleton_file *file = skeleton_files; file->name != NULL; file++) {
        text_format(out, " %s", file->name);
    }
    text_format(out, "\ntwofold verify %s --scenario %s/hello.json\n", backend, folder);
    text_format(out, "twofold bench %s/hello.json --backends %s --quick\n", folder, backend);
    text_add(out, "backends/README.md explains every key of backend.json\n");
}

static int make(const char *name, const char *in, struct error *err)
{
    bool named = in == NULL && is_folder(BACKENDS);
    struct text out = {0};

    if (check_name(name, err) != 0) {
        return -1;
    }
    if (in == NULL) {
        in = named ? BACKENDS : ".";
    }
    char *folder = file_join(in, name);
    int result = skeleton_write(folder, err);
    if (result == 0) {
        tell(folder, name, named, &out);
        result = command_write(&out, NULL, err);
        text_release(&out);
    }
    free(folder);
    return result;
}

int command_new(const struct command_line *line, struct error *err)
{
    const char *in = NULL;
    const struct option options[] = {
        {"in", OPTION_TEXT, &in, "FOLDER", "make it there (default: backends/ where there is one, else here)"},
        ARGUMENTS_EXAMPLE("new backend shop", "a folder with a service that works, its backend.json and a scenario"),
        ARGUMENTS_EXAMPLE("new backend shop --in ..", "the same outside of this folder"),
        {NULL, OPTION_FLAG, NULL, NULL, NULL},
    };
    struct arguments_list rest;

    if (command_read(line, "new backend NAME [options]", options, &rest, err) != 0) {
        return EXIT_FINE;
    }
    if (rest.count != 2 || strcmp(rest.items[0], "backend") != 0) {
        error_input(err, "new: expected \"backend\" and a name, such as: twofold new backend shop");
        return EXIT_USAGE;
    }
    return make(rest.items[1], in, err) == 0 ? EXIT_FINE : EXIT_FAILED;
}
