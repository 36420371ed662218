/* Any bytes as a string to show. */
#include "base/utf8.h"
#include "fuzz.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void check_valid(const struct text *text)
{
    json_t *string = json_stringn(text->data, text->length);
    FUZZ_HOLDS(string != NULL);
    json_decref(string);
}

/* Nothing is skipped: the steps of utf8_next end at the end. */
static void walk(const char *string)
{
    size_t columns = 0;

    for (const char *at = string; *at != '\0';) {
        uint32_t point;
        const char *next = utf8_next(at, &point);
        FUZZ_HOLDS(next > at && next <= at + 4 && memchr(at, '\0', (size_t)(next - at)) == NULL);
        FUZZ_HOLDS(point <= 0x10ffff && (point < 0xd800 || point > 0xdfff));
        columns += utf8_point_columns(point);
        at = next;
    }
    FUZZ_HOLDS(columns == utf8_columns(string));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    char *string = fuzz_string(&bytes);
    struct text plain = {0}, repaired = {0}, again = {0};

    text_append(&plain, "", 0);
    text_append(&repaired, "", 0);
    text_append(&again, "", 0);
    walk(string);
    utf8_plain(&plain, string);
    utf8_repair(&repaired, string);
    utf8_repair(&again, repaired.data);
    check_valid(&plain);
    check_valid(&repaired);
    FUZZ_HOLDS(strcmp(again.data, repaired.data) == 0);
    for (const char *c = plain.data; *c != '\0'; c++) {
        FUZZ_HOLDS((unsigned char)*c >= 0x20 && *c != 0x7f);
    }
    text_release(&plain);
    text_release(&repaired);
    text_release(&again);
    free(string);
    return 0;
}
