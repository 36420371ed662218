/* The events of a stream do not depend on the pieces it came in, and none is longer than there is room for. The input:
 * eight sizes of pieces, then the stream. */
#include "base/events/event_second.h"
#include "base/text.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

enum { SIZES = 8 };

static void note(void *context, const struct stream_event *event)
{
    struct text *out = context;
    uint64_t second = 0;

    FUZZ_HOLDS(event->data_length <= EVENT_DATA_MOST && event->id_length <= EVENT_ID_MOST);
    const char *why = event_second(event, &second);
    FUZZ_HOLDS(why == NULL || why[0] != '\0');
    text_format(out, "%d%d%d ", why == NULL, event->typed, event->too_long);
    text_append(out, event->data, event->data_length);
    if (event->id != NULL) {
        text_append(out, event->id, event->id_length);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    struct event_parser whole = {0}, cut = {0};
    struct text one = {0}, other = {0};
    uint8_t sizes[SIZES];

    for (int i = 0; i < SIZES; i++) {
        sizes[i] = fuzz_byte(&bytes);
    }
    text_append(&one, "", 0);
    text_append(&other, "", 0);
    event_parser_feed(&whole, (const char *)bytes.at, bytes.left, note, &one);
    for (size_t i = 0; bytes.left > 0; i++) {
        size_t piece = sizes[i % SIZES] % 64 + 1u;
        piece = piece < bytes.left ? piece : bytes.left;
        event_parser_feed(&cut, (const char *)bytes.at, piece, note, &other);
        bytes.at += piece;
        bytes.left -= piece;
    }
    FUZZ_HOLDS(one.length == other.length && memcmp(one.data, other.data, one.length) == 0);
    text_release(&one);
    text_release(&other);
    return 0;
}
