/* What is encoded comes back; what is decoded was the only text that stands for its bytes. */
#include "base/base64.h"
#include "base/mem.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

static void there_and_back(const uint8_t *data, size_t size)
{
    struct text text = {0}, back = {0};

    base64_encode(data, size, &text);
    if (size > 0) {
        FUZZ_HOLDS(base64_decode(text.data, &back) == 0);
        FUZZ_HOLDS(back.length == size);
        FUZZ_HOLDS(memcmp(back.data, data, size) == 0);
    }
    text_release(&text);
    text_release(&back);
}

static void back_and_there(const char *base64)
{
    struct text bytes = {0}, again = {0};

    text_append(&again, "", 0);
    if (base64_decode(base64, &bytes) == 0) {
        base64_encode(bytes.data, bytes.length, &again);
        FUZZ_HOLDS(strcmp(base64, again.data) == 0);
    }
    text_release(&bytes);
    text_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    char *string = fuzz_string(&bytes);

    there_and_back(data, size);
    back_and_there(string);
    free(string);
    return 0;
}
