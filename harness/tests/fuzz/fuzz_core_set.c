/* A set of cores that is taken says the same in its shortest text. */
#include "base/core_set.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

static void check(const struct core_set *set)
{
    struct core_set back;
    char *text = core_set_text(set);

    FUZZ_HOLDS(core_set_count(set) >= 1 && core_set_count(set) <= CORE_SET_MOST);
    FUZZ_HOLDS(core_set_has(set, core_set_next(set, 0)));
    FUZZ_HOLDS(core_set_read(&back, text, NULL) == 0);
    FUZZ_HOLDS(memcmp(&back, set, sizeof back) == 0);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    char *text = fuzz_string(&bytes);
    struct core_set set;
    struct error err = {0};

    if (fuzz_taken(core_set_read(&set, text, &err), &err)) {
        check(&set);
    }
    free(text);
    return 0;
}
