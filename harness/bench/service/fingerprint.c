#include "bench/service/fingerprint.h"

#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <limits.h>
#include <openssl/evp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A hash that is being made, and the folders that are still to be read: a list instead of recursion, so that depth
 * costs no stack. */
struct making {
    EVP_MD_CTX *hash;
    const char *folder; /* that all paths are relative to */
    char **paths;
    size_t count;
};

static void add_bytes(struct making *making, const void *bytes, size_t length)
{
    EVP_DigestUpdate(making->hash, bytes, length);
}

/* With its NUL, so that no two lists of words give the same bytes. */
static void add_word(struct making *making, const char *word)
{
    add_bytes(making, word, strlen(word) + 1);
}

static int add_contents(struct making *making, const char *full, struct error *err)
{
    char block[1 << 16];
    size_t got;
    FILE *file;

    if (file_open(full, &file, err) != 0) {
        return -1;
    }
    while ((got = fread(block, 1, sizeof block, file)) > 0) {
        add_bytes(making, block, got);
    }
    int failed = ferror(file);
    fclose(file);
    return failed ? error_failed(err, "%s: cannot be read", full) : 0;
}

static int add_link(struct making *making, const char *full, struct error *err)
{
    char target[PATH_MAX] = "";

    if (readlink(full, target, sizeof target - 1) < 0) {
        return error_failed(err, "%s: cannot be read: %s", full, strerror(errno));
    }
    add_word(making, "link");
    add_word(making, target);
    return 0;
}

/* `path` is relative, `full` is where it lies; `info` is of either the link or what it leads to. */
static int add_file(struct making *making, const char *path, const char *full, const struct stat *info,
                    struct error *err)
{
    char size[32];

    add_word(making, path);
    if (S_ISLNK(info->st_mode)) {
        return add_link(making, full, err);
    }
    if (!S_ISREG(info->st_mode)) {
        return 0; /* sockets and pipes of a service that ran have no contents */
    }
    snprintf(size, sizeof size, "%lld", (long long)info->st_size);
    add_word(making, (info->st_mode & 0111) != 0 ? "program" : "file");
    add_word(making, size);
    return add_contents(making, full, err);
}

static int add_entry(struct making *making, const char *folder, const char *name, struct error *err)
{
    char *path = file_join(folder, name);
    char *full = file_join(making->folder, path);
    struct stat info;
    int result = 0;

    if (lstat(full, &info) != 0) {
        result = error_failed(err, "%s: cannot be read: %s", full, strerror(errno));
    } else if (!S_ISDIR(info.st_mode)) {
        result = add_file(making, path, full, &info, err);
    } else if (strcmp(name, "__pycache__") != 0) {
        *list_add(making->paths, making->count) = mem_string(path);
    }
    free(full);
    free(path);
    return result;
}

static int add_folder(struct making *making, const char *path, struct error *err)
{
    char *full = file_join(making->folder, path);
    char **names;
    int result = file_list(full, &names, err);

    free(full);
    if (result != 0) {
        return -1;
    }
    add_word(making, path);
    for (size_t i = 0; names[i] != NULL && result == 0; i++) {
        result = add_entry(making, path, names[i], err);
    }
    file_list_free(names);
    return result;
}

static int add_folders(struct making *making, struct error *err)
{
    int result = 0;

    while (making->count > 0) {
        char *path = making->paths[--making->count];
        if (result == 0) {
            result = add_folder(making, path, err);
        }
        free(path);
    }
    return result;
}

static int add_path(struct making *making, const char *path, struct error *err)
{
    char *full = file_join(making->folder, path);
    struct stat info;
    int result;

    if (stat(full, &info) != 0) {
        result = error_failed(err, "%s: cannot be read: %s", full, strerror(errno));
    } else if (S_ISDIR(info.st_mode)) {
        *list_add(making->paths, making->count) = mem_string(path);
        result = add_folders(making, err);
    } else {
        result = add_file(making, path, full, &info, err);
    }
    free(full);
    return result;
}

static char *in_hex(EVP_MD_CTX *hash)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;
    struct text hex = {0};

    EVP_DigestFinal_ex(hash, digest, &length);
    for (unsigned i = 0; i < length; i++) {
        text_format(&hex, "%02x", digest[i]);
    }
    return text_take(&hex);
}

int fingerprint_make(const char *folder, char *const *paths, char **ret_hex, struct error *err)
{
    struct making making = {.hash = EVP_MD_CTX_new(), .folder = folder};
    int result = 0;

    if (making.hash == NULL || EVP_DigestInit_ex(making.hash, EVP_sha256(), NULL) != 1) {
        EVP_MD_CTX_free(making.hash);
        return error_failed(err, "libcrypto has no SHA-256");
    }
    for (size_t i = 0; paths[i] != NULL && result == 0; i++) {
        result = add_path(&making, paths[i], err);
    }
    if (result == 0) {
        *ret_hex = in_hex(making.hash);
    }
    free(making.paths);
    EVP_MD_CTX_free(making.hash);
    return result;
}
