#include "base/lines/line_reader.h"

#include "base/file.h"
#include "base/mem.h"
#include "base/packed/gzip_reader.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 65536

struct line_reader {
    FILE *file;
    struct gzip_reader *gzip; /* NULL: it is read as it is */
    char *path;
    char *bytes; /* what was read and not yet given away is from `start` to `end` */
    size_t start, end, capacity;
    bool begun, over;
};

static size_t read_file(void *from, void *into, size_t room)
{
    return fread(into, 1, room, from);
}

int line_reader_open(struct line_reader **ret_reader, const char *path, struct error *err)
{
    FILE *file = NULL;

    if (file_open(path, &file, err) != 0) {
        return -1;
    }
    struct line_reader *reader = mem_new(1, sizeof *reader);
    reader->file = file;
    reader->path = mem_string(path);
    *ret_reader = reader;
    return 0;
}

/* What is left moves to the front. */
static void make_room(struct line_reader *reader)
{
    size_t left = reader->end - reader->start;

    if (reader->bytes != NULL && left > 0 && reader->start > 0) {
        memmove(reader->bytes, reader->bytes + reader->start, left);
    }
    reader->start = 0;
    reader->end = left;
    if (reader->capacity - left < BLOCK) {
        reader->capacity = reader->capacity > 0 ? 2 * reader->capacity : (size_t)2 * BLOCK;
        reader->bytes = mem_resize(reader->bytes, reader->capacity, 1);
    }
}

/* The first byte, which may come out of a pipe, is looked at and put back. */
static void begin(struct line_reader *reader)
{
    int first = getc(reader->file);

    if (first != EOF) {
        ungetc(first, reader->file);
    }
    if (gzip_reader_is_gzip(first)) {
        reader->gzip = gzip_reader_new(read_file, reader->file);
    }
}

/* Nothing more came. */
static int conclude(struct line_reader *reader, struct error *err)
{
    enum gzip_state state = reader->gzip != NULL ? gzip_reader_state(reader->gzip) : GZIP_WHOLE;

    reader->over = true;
    if (ferror(reader->file)) {
        return error_input(err, "%s: cannot be read: %s", reader->path, strerror(errno));
    }
    if (state == GZIP_DAMAGED) {
        reader->start = reader->end; /* a piece of a line that does not go on */
        return error_input(err, "%s: its gzip is damaged", reader->path);
    }
    if (state == GZIP_TOO_LONG) {
        return error_input(err, "%s: unpacks to more than 4 GiB or %d times its bytes, as no file of lines does",
                           reader->path, GZIP_READER_RATIO_MOST);
    }
    return 0;
}

static int read_more(struct line_reader *reader, struct error *err)
{
    bool first = !reader->begun;
    size_t got;

    if (first) {
        begin(reader);
        reader->begun = true;
    }
    make_room(reader);
    if (reader->gzip != NULL) {
        got = gzip_reader_read(reader->gzip, reader->bytes + reader->end, reader->capacity - reader->end);
    } else {
        got = read_file(reader->file, reader->bytes + reader->end, reader->capacity - reader->end);
    }
    reader->end += got;
    if (first && utf8_is_other(reader->bytes, reader->end)) {
        return error_input(err, "%s: is UTF-16 text; expected UTF-8", reader->path);
    }
    bool goes_on = reader->gzip != NULL && gzip_reader_state(reader->gzip) == GZIP_GOES_ON;
    return got > 0 || goes_on ? 0 : conclude(reader, err);
}

/* The line end of the first line, of which `seen` bytes have none; NULL: it is not here. One that is the last byte of
 * what was unpacked waits for the checksum of its member: where each line is a member, no damaged one is given away. */
static const char *find_end(const struct line_reader *reader, size_t seen)
{
    size_t left = reader->end - reader->start;
    const char *from = left > seen ? reader->bytes + reader->start + seen : NULL;
    const char *newline = from != NULL ? memchr(from, '\n', left - seen) : NULL;
    bool last = newline != NULL && newline + 1 == reader->bytes + reader->end;

    bool waits = last && reader->gzip != NULL && !reader->over && !gzip_reader_is_checked(reader->gzip);

    return waits ? NULL : newline;
}

/* Gives the bytes up to `end` away, and passes over as many more as `over`. */
static void take(struct line_reader *reader, size_t end, size_t over, struct file_line *ret_line)
{
    *ret_line = (struct file_line){reader->bytes + reader->start, end - reader->start, over > 0};
    reader->start = end + over;
}

int line_reader_next(struct line_reader *reader, struct file_line *ret_line, struct error *err)
{
    for (size_t seen = 0;;) {
        const char *newline = find_end(reader, seen);
        size_t left = reader->end - reader->start;
        if (newline != NULL) {
            take(reader, (size_t)(newline - reader->bytes), 1, ret_line);
            return 0;
        }
        if (reader->over) {
            break;
        }
        if (left > LINE_READER_LONGEST) {
            return error_input(err, "%s: has a line of more than %zu MiB", reader->path, LINE_READER_LONGEST >> 20);
        }
        seen = left > 0 ? left - 1 : 0;
        if (read_more(reader, err) != 0) {
            return -1;
        }
    }
    *ret_line = (struct file_line){0};
    if (reader->end > reader->start) {
        take(reader, reader->end, 0, ret_line);
    }
    return 0;
}

bool line_reader_damaged(const struct line_reader *reader)
{
    return reader->gzip != NULL && gzip_reader_state(reader->gzip) == GZIP_DAMAGED;
}

void line_reader_skip(struct line_reader *reader)
{
    reader->over = !gzip_reader_skip(reader->gzip);
}

void line_reader_close(struct line_reader *reader)
{
    if (reader != NULL) {
        gzip_reader_free(reader->gzip);
        fclose(reader->file);
        free(reader->path);
        free(reader->bytes);
        free(reader);
    }
}
