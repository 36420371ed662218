/* Lock files of every kind. The input: a byte that says which, then the file. */
#include "bench/service/owning/lock_file.h"
#include "fuzz.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const names[] = {
        "Cargo.lock", "package-lock.json", "requirements.lock", "requirements.txt", "go.sum", "go.mod"};
    const uint64_t untouched = UINT64_MAX;
    struct fuzz_bytes bytes = {data, size};
    const char *name = names[fuzz_byte(&bytes) % (sizeof names / sizeof names[0])];
    char *path = fuzz_file(name, bytes.at, bytes.left);
    uint64_t count = untouched;
    struct error err = {0};

    if (fuzz_taken(lock_file_count(path, &count, &err), &err)) {
        FUZZ_HOLDS(count <= bytes.left); /* each takes a byte at least */
    } else {
        FUZZ_HOLDS(count == untouched);
    }
    free(path);
    return 0;
}
