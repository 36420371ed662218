#include "base/packed/gzip_reader.h"

#include "base/mem.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define FIRST_BYTE 0x1f

/* 31: gzip and nothing else, with the largest window. */
#define WINDOW_BITS 31

struct gzip_reader {
    z_stream stream;
    size_t (*read)(void *from, void *into, size_t room);
    void *from;
    enum gzip_state state;
    bool inside;           /* a member has begun and not ended */
    uint64_t taken, given; /* bytes that were read from outside, and that were unpacked */
    uint64_t whole;
    uint64_t tried; /* where gzip_reader_skip saw a member begin */
    unsigned char block[1 << 16];
};

static void *allocate(void *nobody, unsigned count, unsigned size)
{
    (void)nobody;
    return mem_new(count, size);
}

static void release(void *nobody, void *memory)
{
    (void)nobody;
    free(memory);
}

struct gzip_reader *gzip_reader_new(size_t (*read)(void *from, void *into, size_t room), void *from)
{
    struct gzip_reader *reader = mem_new(1, sizeof *reader);

    reader->read = read;
    reader->from = from;
    reader->stream.zalloc = allocate;
    reader->stream.zfree = release;
    inflateInit2(&reader->stream, WINDOW_BITS); /* could fail only for want of memory, which ends the program */
    return reader;
}

void gzip_reader_free(struct gzip_reader *reader)
{
    if (reader != NULL) {
        inflateEnd(&reader->stream);
        free(reader);
    }
}

bool gzip_reader_is_gzip(int first_byte)
{
    return first_byte == FIRST_BYTE;
}

enum gzip_state gzip_reader_state(const struct gzip_reader *reader)
{
    return reader->state;
}

uint64_t gzip_reader_whole(const struct gzip_reader *reader)
{
    return reader->whole;
}

bool gzip_reader_is_checked(const struct gzip_reader *reader)
{
    return !reader->inside;
}

/* Keeps what is not yet used, and reads more behind it. Returns whether there is anything. */
static bool fill(struct gzip_reader *reader, size_t least)
{
    z_stream *stream = &reader->stream;

    while (stream->avail_in < least) {
        if (stream->avail_in > 0) {
            memmove(reader->block, stream->next_in, stream->avail_in);
        }
        size_t got =
            reader->read(reader->from, reader->block + stream->avail_in, sizeof reader->block - stream->avail_in);
        stream->next_in = reader->block;
        stream->avail_in += (uInt)got;
        reader->taken += got;
        if (got == 0) {
            break;
        }
    }
    return stream->avail_in >= least;
}

static uint64_t place(const struct gzip_reader *reader)
{
    return reader->taken - reader->stream.avail_in;
}

static bool is_trap(const struct gzip_reader *reader, uint64_t given)
{
    return given > GZIP_READER_MOST ||
           (given > GZIP_READER_TRAP_FROM && given / GZIP_READER_RATIO_MOST > place(reader));
}

/* One call of inflate. Returns false when the member ended, and when nothing more comes. */
static bool go_on(struct gzip_reader *reader)
{
    int result;

    if (!fill(reader, 1)) {
        reader->state = reader->inside ? GZIP_CUT : GZIP_WHOLE;
        return false;
    }
    reader->inside = true;
    result = inflate(&reader->stream, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
        reader->inside = false;
        reader->whole = place(reader);
        inflateReset(&reader->stream);
        return false;
    }
    if (result != Z_OK && result != Z_BUF_ERROR) {
        reader->state = GZIP_DAMAGED;
        return false;
    }
    return true;
}

size_t gzip_reader_read(struct gzip_reader *reader, void *into, size_t room)
{
    z_stream *stream = &reader->stream;
    size_t got = 0;

    stream->next_out = into;
    stream->avail_out = room < UINT_MAX ? (uInt)room : UINT_MAX;
    room = stream->avail_out;
    while (reader->state == GZIP_GOES_ON && stream->avail_out > 0) {
        bool more = go_on(reader);
        got = room - stream->avail_out;
        if (is_trap(reader, reader->given + got)) {
            reader->state = GZIP_TOO_LONG;
        }
        if (!more) {
            break;
        }
    }
    if (reader->state == GZIP_DAMAGED || reader->state == GZIP_TOO_LONG) {
        return 0;
    }
    reader->given += got;
    return got;
}

/* Whether a member begins here, of which there are three bytes. */
static bool is_beginning(const unsigned char *at)
{
    return at[0] == FIRST_BYTE && at[1] == 0x8b && at[2] == Z_DEFLATED;
}

bool gzip_reader_skip(struct gzip_reader *reader)
{
    z_stream *stream = &reader->stream;

    while (reader->state == GZIP_DAMAGED && fill(reader, 3)) {
        if (is_beginning(stream->next_in) && (reader->tried == 0 || place(reader) > reader->tried)) {
            reader->tried = place(reader);
            reader->inside = false;
            reader->state = GZIP_GOES_ON;
            inflateReset(stream);
            return true;
        }
        stream->next_in++;
        stream->avail_in--;
    }
    return false;
}

/* ---- in memory ---- */

struct held {
    const unsigned char *bytes;
    size_t left;
};

static size_t read_held(void *from, void *into, size_t room)
{
    struct held *held = from;
    size_t count = held->left < room ? held->left : room;

    if (count > 0) {
        memcpy(into, held->bytes, count);
        held->bytes += count;
    }
    held->left -= count;
    return count;
}

enum gzip_state gzip_reader_unpack(const void *bytes, size_t length, struct text *ret_text)
{
    struct held held = {bytes, length};
    struct gzip_reader *reader = gzip_reader_new(read_held, &held);
    char block[1 << 14];
    size_t got;

    do {
        got = gzip_reader_read(reader, block, sizeof block);
        text_append(ret_text, block, got);
    } while (gzip_reader_state(reader) == GZIP_GOES_ON);
    enum gzip_state state = gzip_reader_state(reader);
    gzip_reader_free(reader);
    return state;
}
