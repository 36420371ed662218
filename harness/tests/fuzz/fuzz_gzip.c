/* Bytes that may be gzip unpack to the same, however they come; damage is passed over until there are no more bytes. As
 * a file of lines they are read to the end, or refused in words. */
#include "base/lines/line_reader.h"
#include "base/packed/gzip_reader.h"
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

struct input {
    const uint8_t *bytes;
    size_t left, most;
};

static size_t read_input(void *from, void *into, size_t room)
{
    struct input *input = from;
    size_t count = input->left < input->most ? input->left : input->most;

    count = count < room ? count : room;
    if (count > 0) {
        memcpy(into, input->bytes, count);
    }
    input->bytes += count;
    input->left -= count;
    return count;
}

/* All of it, damage passed over. Returns how often there was any. */
static size_t unpack(const uint8_t *data, size_t size, size_t most, size_t room, struct text *out)
{
    struct input input = {data, size, most};
    struct gzip_reader *reader = gzip_reader_new(read_input, &input);
    char block[4096];
    size_t damaged = 0;

    do {
        size_t got = gzip_reader_read(reader, block, room);
        FUZZ_HOLDS(got <= room);
        text_append(out, block, got);
        damaged += gzip_reader_state(reader) == GZIP_DAMAGED;
    } while (gzip_reader_state(reader) == GZIP_GOES_ON || gzip_reader_skip(reader));
    FUZZ_HOLDS(damaged <= size + 1);
    FUZZ_HOLDS(gzip_reader_whole(reader) <= size);
    gzip_reader_free(reader);
    return damaged;
}

static void read_lines(const uint8_t *data, size_t size)
{
    char *file = fuzz_file("lines.gz", data, size);
    struct line_reader *reader;
    struct file_line line = {.text = ""};

    FUZZ_HOLDS(line_reader_open(&reader, file, NULL) == 0);
    while (line.text != NULL) {
        struct error err = {0};
        if (!fuzz_taken(line_reader_next(reader, &line, &err), &err)) {
            if (!line_reader_damaged(reader)) {
                break;
            }
            line_reader_skip(reader);
        }
    }
    line_reader_close(reader);
    free(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text whole = {0}, parts = {0};

    /* What the call that finds damage has unpacked is not given away, so that only what is whole is the same. */
    size_t damaged = unpack(data, size, size + 1, 4096, &whole);
    size_t again = unpack(data, size, 3, 4096, &parts);
    FUZZ_HOLDS((damaged == 0) == (again == 0));
    FUZZ_HOLDS(damaged > 0 || whole.length == parts.length);
    FUZZ_HOLDS(damaged > 0 || whole.length == 0 || memcmp(whole.data, parts.data, whole.length) == 0);
    text_release(&whole);
    text_release(&parts);
    read_lines(data, size);
    return 0;
}
