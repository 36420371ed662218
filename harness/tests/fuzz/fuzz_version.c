/* Versions as tools print them. The input: two texts with a NUL between, read as a tool's output, then compared. */
#include "bench/service/toolchain.h"
#include "fuzz.h"
#include "plan/manifest/manifest.h"

#include <stdlib.h>
#include <string.h>

/* Digits with single dots between, or nothing found. */
static char *read_version(const char *output)
{
    char *version = toolchain_version_in(output);

    if (version == NULL) {
        FUZZ_HOLDS(strpbrk(output, "0123456789") == NULL);
        return NULL;
    }
    FUZZ_HOLDS(version[0] != '\0' && version[strspn(version, "0123456789.")] == '\0');
    FUZZ_HOLDS(version[0] != '.' && version[strlen(version) - 1] != '.' && strstr(version, "..") == NULL);
    FUZZ_HOLDS(strstr(output, version) != NULL);
    return version;
}

static void compare(const char *a, const char *b)
{
    int order = manifest_compare_versions(a, b);

    FUZZ_HOLDS(order == -1 || order == 0 || order == 1);
    FUZZ_HOLDS(manifest_compare_versions(b, a) == -order);
    FUZZ_HOLDS(manifest_compare_versions(a, a) == 0 && manifest_compare_versions(b, b) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    char *one = fuzz_string(&bytes), *other = fuzz_string(&bytes);
    char *one_version = read_version(one), *other_version = read_version(other);

    if (one_version != NULL && other_version != NULL) {
        compare(one_version, other_version);
    }
    compare(one, other);
    free(one_version);
    free(other_version);
    free(one);
    free(other);
    return 0;
}
