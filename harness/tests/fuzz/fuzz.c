#include "fuzz.h"

#include "base/file.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void fuzz_fail(const char *file, int line, const char *expression)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, expression);
    abort();
}

int fuzz_taken(int result, const struct error *err)
{
    FUZZ_HOLDS(result == 0 || result == -1);
    if (result == 0) {
        FUZZ_HOLDS(err->kind == ERROR_NONE);
        return 1;
    }
    FUZZ_HOLDS(err->kind == ERROR_INPUT);
    FUZZ_HOLDS(memchr(err->message, '\0', sizeof err->message) != NULL);
    FUZZ_HOLDS(err->message[0] != '\0');
    for (const unsigned char *c = (const unsigned char *)err->message; *c != '\0'; c++) {
        FUZZ_HOLDS((c[0] >= 0x20 && c[0] != 0x7f) || c[0] == '\n' || c[0] == '\t');
        FUZZ_HOLDS(c[0] != 0xc2 || c[1] < 0x80 || c[1] >= 0xa0);
    }
    return 0;
}

uint8_t fuzz_byte(struct fuzz_bytes *bytes)
{
    if (bytes->left == 0) {
        return 0;
    }
    bytes->left--;
    return *bytes->at++;
}

uint64_t fuzz_number(struct fuzz_bytes *bytes)
{
    uint64_t number = 0;
    for (int i = 0; i < 8; i++) {
        number = number << 8 | fuzz_byte(bytes);
    }
    return number;
}

char *fuzz_string(struct fuzz_bytes *bytes)
{
    size_t length = bytes->left == 0 ? 0 : strnlen((const char *)bytes->at, bytes->left);
    char *string = mem_copy(bytes->at, length);

    bytes->at += length < bytes->left ? length + 1 : length;
    bytes->left -= length < bytes->left ? length + 1 : length;
    return string;
}

/* --- files -------------------------------------------------------------------------------------------------------- */

/* The one global: libFuzzer keeps nothing for a target from one call to the next. */
static char *folder;

static int remove_entry(const char *path, const struct stat *status, int kind, struct FTW *place)
{
    (void)status;
    (void)kind;
    (void)place;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    free(folder);
}

static void make_folder(void)
{
    const char *above = getenv("TMPDIR");

    folder = mem_format("%s/fuzz-XXXXXX", above != NULL ? above : "/tmp");
    FUZZ_HOLDS(mkdtemp(folder) != NULL);
    atexit(remove_folder);
}

static int create(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}

static void make_folders_above(char *path)
{
    for (char *slash = path + strlen(folder) + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        FUZZ_HOLDS(mkdir(path, 0700) == 0 || errno == EEXIST);
        *slash = '/';
    }
}

char *fuzz_file(const char *name, const void *data, size_t length)
{
    if (folder == NULL) {
        make_folder();
    }
    char *path = file_join(folder, name);
    int fd = create(path);
    if (fd < 0) {
        make_folders_above(path);
        fd = create(path);
    }
    FUZZ_HOLDS(fd >= 0);
    FUZZ_HOLDS(length == 0 || write(fd, data, length) == (ssize_t)length);
    FUZZ_HOLDS(close(fd) == 0);
    return path;
}
