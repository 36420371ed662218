/* The tail of an output does not depend on the pieces it came in, and is fit to print. The input: eight sizes of
 * pieces, then the output; a piece of size 0 is 4,000 bytes of "a" that stand for nothing in the input. */
#include "base/mem.h"
#include "fuzz.h"
#include "host/process/tail.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { SIZES = 8 };

static void fill(struct text *output, struct tail *tail, struct fuzz_bytes *bytes)
{
    static const char filler[4000] = {'a'};
    uint8_t sizes[SIZES];

    for (int i = 0; i < SIZES; i++) {
        sizes[i] = fuzz_byte(bytes);
    }
    for (size_t i = 0; bytes->left > 0; i++) {
        size_t size = sizes[i % SIZES] < bytes->left ? sizes[i % SIZES] : bytes->left;
        if (size == 0) {
            tail_add(tail, filler, sizeof filler);
            text_append(output, filler, sizeof filler);
            sizes[i % SIZES] = 1;
            continue;
        }
        tail_add(tail, bytes->at, size);
        text_append(output, bytes->at, size);
        bytes->at += size;
        bytes->left -= size;
    }
}

static void check_fit(const struct text *text)
{
    json_t *string = json_stringn(text->data, text->length);

    FUZZ_HOLDS(string != NULL);
    json_decref(string);
    for (size_t i = 0; i < text->length; i++) {
        unsigned char c = (unsigned char)text->data[i];
        FUZZ_HOLDS((c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t');
        FUZZ_HOLDS(c != 0xc2 || (unsigned char)text->data[i + 1] >= 0xa0); /* C1 */
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    struct tail *pieces = mem_new(1, sizeof *pieces), *whole = mem_new(1, sizeof *whole);
    struct text output = {0}, one = {0}, other = {0};

    text_append(&output, "", 0);
    text_append(&one, "", 0);
    text_append(&other, "", 0);
    fill(&output, pieces, &bytes);
    tail_add(whole, output.data, output.length);
    tail_write(pieces, &one);
    tail_write(whole, &other);
    FUZZ_HOLDS(pieces->total == output.length && whole->total == output.length);
    FUZZ_HOLDS(one.length == other.length && memcmp(one.data, other.data, one.length) == 0);
    check_fit(&one);
    text_release(&output);
    text_release(&one);
    text_release(&other);
    free(pieces);
    free(whole);
    return 0;
}
