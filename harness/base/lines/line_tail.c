#include "base/lines/line_tail.h"

#include "base/json.h"
#include "base/mem.h"
#include "base/packed/gzip_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ENDING ".gz"

bool line_tail_is_gzip(const char *path)
{
    size_t length = strlen(path), ending = strlen(ENDING);
    return length > ending && strcmp(path + length - ending, ENDING) == 0;
}

static int unreadable(const char *path, struct error *err)
{
    return error_failed(err, "%s: cannot be read: %s", path, strerror(errno));
}

/* ---- of text ---- */

/* Reads the last bytes that have no line end behind them; *ret_start is where they begin. On the heap. */
static char *read_tail(int fd, off_t length, off_t *ret_start)
{
    size_t room = 1 << 16, got = 0;
    char *tail = NULL;

    for (; (off_t)got < length; room *= 4) {
        got = (off_t)room < length ? room : (size_t)length;
        tail = mem_resize(tail, got + 1, 1);
        if (pread(fd, tail, got, length - (off_t)got) != (ssize_t)got) {
            free(tail);
            return NULL;
        }
        const char *newline = memrchr(tail, '\n', got);
        if (newline != NULL) {
            size_t kept = got - (size_t)(newline + 1 - tail);
            memmove(tail, newline + 1, kept);
            got = kept;
            break;
        }
    }
    tail = mem_resize(tail, got + 1, 1);
    tail[got] = '\0';
    *ret_start = length - (off_t)got;
    return tail;
}

static int find_of_text(int fd, const char *path, struct line_tail *tail, struct error *err)
{
    off_t start, length = lseek(fd, 0, SEEK_END);
    char *rest = read_tail(fd, length, &start);

    if (rest == NULL) {
        return unreadable(path, err);
    }
    tail->keep = start;
    if (rest[0] != '\0' && json_is_whole(rest, strlen(rest))) {
        tail->keep = length;
        text_add(&tail->add, "\n");
    }
    free(rest);
    return 0;
}

/* ---- of gzip ---- */

struct place {
    int fd;
    off_t at;
    bool failed;
};

static size_t read_place(void *from, void *into, size_t room)
{
    struct place *place = from;
    ssize_t got = pread(place->fd, into, room, place->at);

    place->failed = got < 0;
    place->at += got > 0 ? got : 0;
    return got > 0 ? (size_t)got : 0;
}

/* What has been unpacked so far. */
struct unpacked {
    struct text open;   /* behind the last line end */
    struct text member; /* of the member that is not over yet, up to its second line end */
    size_t ends;        /* line ends of that member */
    bool begun_before;  /* its first line began in the member before */
};

static void end_member(struct unpacked *unpacked)
{
    text_clear(&unpacked->member);
    unpacked->ends = 0;
    unpacked->begun_before = unpacked->open.length > 0;
}

static void add_block(struct unpacked *unpacked, const char *block, size_t length)
{
    const char *end = block + length, *newline;

    if (unpacked->ends < 2) {
        text_append(&unpacked->member, block, length);
    }
    while ((newline = memchr(block, '\n', (size_t)(end - block))) != NULL) {
        unpacked->ends++;
        text_clear(&unpacked->open);
        block = newline + 1;
    }
    text_append(&unpacked->open, block, (size_t)(end - block));
}

static enum gzip_state unpack(struct gzip_reader *reader, struct unpacked *unpacked)
{
    char block[1 << 14];
    size_t got;

    do {
        uint64_t whole = gzip_reader_whole(reader);
        got = gzip_reader_read(reader, block, sizeof block);
        add_block(unpacked, block, got);
        if (gzip_reader_whole(reader) > whole) {
            end_member(unpacked);
        }
    } while (gzip_reader_state(reader) == GZIP_GOES_ON);
    return gzip_reader_state(reader);
}

static bool is_record(const struct text *text)
{
    return text->length > 0 && json_is_whole(text->data, text->length);
}

/* What twofold writes is a record a member. */
static int mend_cut(const struct unpacked *unpacked, struct line_tail *tail)
{
    if (unpacked->begun_before || unpacked->ends + (unpacked->open.length > 0) > 1) {
        return -1;
    }
    if (is_record(&unpacked->member)) {
        text_append(&tail->add, unpacked->member.data, unpacked->member.length);
        text_add(&tail->add, unpacked->ends == 0 ? "\n" : "");
    }
    return 0;
}

static int mend_whole(const struct unpacked *unpacked, struct line_tail *tail)
{
    if (is_record(&unpacked->open)) {
        text_add(&tail->add, "\n");
        return 0;
    }
    return unpacked->open.length > 0 ? -1 : 0;
}

static int find_of_gzip(int fd, const char *path, struct line_tail *tail, struct error *err)
{
    struct place place = {.fd = fd};
    struct unpacked unpacked = {0};
    struct gzip_reader *reader = gzip_reader_new(read_place, &place);
    enum gzip_state state = unpack(reader, &unpacked);
    int result = -1;

    tail->keep = (off_t)gzip_reader_whole(reader);
    if (place.failed) {
        unreadable(path, err);
    } else if (state != GZIP_CUT && state != GZIP_WHOLE) {
        error_input(err, "%s: its gzip is damaged", path);
    } else if ((state == GZIP_CUT ? mend_cut : mend_whole)(&unpacked, tail) != 0) {
        error_input(err,
                    "%s: its last record is cut short inside a gzip member that holds others too; unpack it and resume "
                    "that: gzip -dc",
                    path);
    } else {
        result = 0;
    }
    gzip_reader_free(reader);
    text_release(&unpacked.open);
    text_release(&unpacked.member);
    return result;
}

/* ---- of either ---- */

int line_tail_find(int fd, const char *path, struct line_tail *ret_tail, struct error *err)
{
    struct line_tail tail = {0};
    unsigned char first;
    ssize_t got = pread(fd, &first, 1, 0);

    if (got < 0) {
        return unreadable(path, err);
    }
    tail.gzip = got == 0 ? line_tail_is_gzip(path) : gzip_reader_is_gzip(first);
    if ((tail.gzip ? find_of_gzip : find_of_text)(fd, path, &tail, err) != 0) {
        text_release(&tail.add);
        return -1;
    }
    *ret_tail = tail;
    return 0;
}
