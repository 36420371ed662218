#include "plan/manifest/own_folders.h"

#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder that is being named. */
struct own_folder {
    struct manifest manifest;
    char *place;  /* its absolute path; where its last part is a symbolic link, as that is called */
    char *said;   /* the "name" of its backend.json; NULL: there is none */
    size_t parts; /* the name is made of so many of the last parts of its place; 0: it is the one said */
    bool yields;  /* it has to be called otherwise */
};

struct own_folders {
    struct own_folder *folders;
    size_t count;
    const struct manifest *taken;
    size_t taken_count;
};

bool own_folders_is_path(const char *word)
{
    return strchr(word, '/') != NULL || strcmp(word, ".") == 0 || strcmp(word, "..") == 0;
}

/* ---- where it lies ---- */

/* A link keeps its own name: who links a service under another one means that. */
static char *place_of(const char *folder)
{
    const char *slash = strrchr(folder, '/');
    const char *last = slash == NULL ? folder : slash + 1;

    if (last[0] == '\0' || strcmp(last, ".") == 0 || strcmp(last, "..") == 0) {
        return realpath(folder, NULL);
    }
    char *parent = slash == NULL ? mem_string(".") : mem_copy(folder, (size_t)(slash + 1 - folder));
    char *real = realpath(parent, NULL), *place = NULL;
    if (real != NULL) {
        place = file_join(strcmp(real, "/") == 0 ? "" : real, last);
    }
    free(real);
    free(parent);
    return place;
}

static int check_folder(const char *path, struct error *err)
{
    struct stat there;
    char *file = file_join(path, "backend.json");
    int result = 0;

    if (stat(path, &there) != 0) {
        result = error_input(err, "%s: no folder of a service: %s", path, strerror(errno));
    } else if (!S_ISDIR(there.st_mode)) {
        result = error_input(err, "%s: expected the folder of a service, found a file", path);
    } else if (access(file, F_OK) != 0) {
        result = error_input(err,
                             "%s: there is no backend.json in it, which says how the service is started "
                             "(backends/README.md; `twofold new backend NAME` writes one to begin with)",
                             path);
    }
    free(file);
    return result;
}

/* ---- what it is called ---- */

static bool is_plain(char character)
{
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9');
}

/* "My Service (2)" is "my-service-2". */
static char *plain_of(const char *name)
{
    struct text plain = {0};

    for (; *name != '\0'; name++) {
        char lower = *name >= 'A' && *name <= 'Z' ? (char)(*name - 'A' + 'a') : *name;
        if (is_plain(lower)) {
            text_append(&plain, &lower, 1);
        } else if (plain.length > 0 && plain.data[plain.length - 1] != '-') {
            text_add(&plain, "-");
        }
    }
    while (plain.length > 0 && plain.data[plain.length - 1] == '-') {
        plain.data[--plain.length] = '\0';
    }
    if (plain.length == 0) {
        text_add(&plain, "service");
    }
    return text_take(&plain);
}

/* Where the last `parts` parts of the path begin; its first character where it has no more. */
static const char *last_parts(const char *path, size_t parts)
{
    const char *at = path + strlen(path);

    while (parts > 0 && at > path) {
        at--;
        parts -= *at == '/';
    }
    return *at == '/' ? at + 1 : at;
}

static void give_name(struct own_folder *folder)
{
    free(folder->manifest.name);
    folder->manifest.name =
        folder->parts == 0 ? mem_string(folder->said) : plain_of(last_parts(folder->place, folder->parts));
}

static bool is_taken(const struct own_folders *own, const char *name)
{
    for (size_t i = 0; i < own->taken_count; i++) {
        if (strcmp(own->taken[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* Whether it has to be called otherwise. Of several that are called alike those give way whose names have the fewest
 * parts of their folders, so that in the end the names of all of them have as many. */
static bool has_to_yield(const struct own_folders *own, const struct own_folder *folder)
{
    bool alike = false;

    for (size_t i = 0; i < own->count; i++) {
        const struct own_folder *other = &own->folders[i];
        if (other != folder && strcmp(other->manifest.name, folder->manifest.name) == 0) {
            if (other->parts < folder->parts) {
                return false;
            }
            alike = true;
        }
    }
    return alike;
}

static int lengthen(struct own_folder *folder, struct error *err)
{
    if (folder->parts > 0 && last_parts(folder->place, folder->parts) <= folder->place + 1) {
        return error_input(err, "%s: its name, %s, is that of another service of this run; is it given twice?",
                           folder->manifest.folder, folder->manifest.name);
    }
    folder->parts++;
    give_name(folder);
    return 0;
}

static int make_unlike(struct own_folders *own, struct error *err)
{
    bool any = true;

    while (any) {
        any = false;
        for (size_t i = 0; i < own->count; i++) {
            struct own_folder *folder = &own->folders[i];
            folder->yields = is_taken(own, folder->manifest.name) || has_to_yield(own, folder);
            any = any || folder->yields;
        }
        for (size_t i = 0; i < own->count; i++) {
            if (own->folders[i].yields && lengthen(&own->folders[i], err) != 0) {
                return -1;
            }
        }
    }
    return 0;
}

/* ---- all ---- */

static int add(struct own_folders *own, const char *path, struct error *err)
{
    struct error why = {0};

    if (check_folder(path, err) != 0) {
        return -1;
    }
    struct own_folder *folder = list_add(own->folders, own->count);
    if (manifest_read_own(&folder->manifest, path, &why) != 0) {
        folder->manifest = (struct manifest){.folder = mem_string(path), .own = true, .wrong = mem_string(why.message)};
    }
    folder->place = place_of(folder->manifest.folder);
    if (folder->place == NULL) {
        return error_input(err, "%s: no folder of a service: %s", path, strerror(errno));
    }
    folder->said = folder->manifest.name;
    folder->manifest.name = NULL;
    folder->parts = folder->said == NULL;
    give_name(folder);
    return 0;
}

static void release(struct own_folders *own)
{
    for (size_t i = 0; i < own->count; i++) {
        manifest_release(&own->folders[i].manifest);
        free(own->folders[i].place);
        free(own->folders[i].said);
    }
    free(own->folders);
}

int own_folders_read(char *const *paths, const struct manifest *taken, size_t taken_count,
                     struct manifest **ret_manifests, size_t *ret_count, struct error *err)
{
    struct own_folders own = {.taken = taken, .taken_count = taken_count};
    struct manifest *manifests = NULL;
    int result = 0;

    for (size_t i = 0; paths[i] != NULL && result == 0; i++) {
        result = add(&own, paths[i], err);
    }
    if (result == 0) {
        result = make_unlike(&own, err);
    }
    if (result == 0) {
        manifests = mem_new(own.count, sizeof *manifests);
        for (size_t i = 0; i < own.count; i++) {
            manifests[i] = own.folders[i].manifest;
            own.folders[i].manifest = (struct manifest){0};
        }
        *ret_manifests = manifests;
        *ret_count = own.count;
    }
    release(&own);
    return result;
}
