#include "load/transport/chunked.h"

#include <stdbool.h>

static int digit_of(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool reject(struct chunked *chunked, const char *why)
{
    chunked->why = why;
    return false;
}

static bool go(struct chunked *chunked, enum chunked_place place)
{
    chunked->place = place;
    return true;
}

static bool read_size(struct chunked *chunked, char c)
{
    int digit = digit_of(c);

    if (digit >= 0) {
        if (chunked->left >> 60 != 0) {
            return reject(chunked, "the size of the chunk is beyond 64 bits");
        }
        chunked->left = chunked->left * 16 + (uint64_t)digit;
        return go(chunked, CHUNKED_SIZE);
    }
    if (chunked->place == CHUNKED_SIZE_FIRST) {
        return reject(chunked, "expected the size of a chunk as hexadecimal digits");
    }
    if (c == '\r') {
        return go(chunked, CHUNKED_SIZE_LF);
    }
    if (c == ';' || c == ' ' || c == '\t') {
        chunked->skipped = 0;
        return go(chunked, CHUNKED_EXTENSION);
    }
    return reject(chunked, "expected a hexadecimal digit, \";\" or the end of the line in the size of a chunk");
}

/* Whether it may stand in a line of extensions or trailers. */
static bool skip(struct chunked *chunked, char c)
{
    unsigned char byte = (unsigned char)c;

    if ((byte < 0x20 && byte != '\t') || byte == 0x7f) {
        return reject(chunked, "a control character behind the size of a chunk or in a trailer");
    }
    if (++chunked->skipped > CHUNKED_LINE_MOST) {
        return reject(chunked, "extensions or trailers of more than 64 KiB");
    }
    return true;
}

static bool expect(struct chunked *chunked, char c, char expected, enum chunked_place next)
{
    if (c != expected) {
        return reject(chunked, "expected the end of a line of a chunk");
    }
    return go(chunked, next);
}

static bool end_size(struct chunked *chunked, char c)
{
    enum chunked_place next = chunked->left > 0 ? CHUNKED_DATA : CHUNKED_TRAILER_FIRST;

    chunked->skipped = 0;
    return expect(chunked, c, '\n', next);
}

static bool end_data(struct chunked *chunked, char c)
{
    return expect(chunked, c, '\n', CHUNKED_SIZE_FIRST);
}

static bool read_trailer(struct chunked *chunked, char c)
{
    if (c == '\r') {
        return go(chunked, chunked->place == CHUNKED_TRAILER_FIRST ? CHUNKED_LAST_LF : CHUNKED_TRAILER_LF);
    }
    return skip(chunked, c) && go(chunked, CHUNKED_TRAILER);
}

/* One byte that is not of the body. Whether it may stand there. */
static bool step(struct chunked *chunked, char c)
{
    switch (chunked->place) {
    case CHUNKED_SIZE_FIRST:
    case CHUNKED_SIZE:
        return read_size(chunked, c);
    case CHUNKED_EXTENSION:
        return c == '\r' ? go(chunked, CHUNKED_SIZE_LF) : skip(chunked, c);
    case CHUNKED_SIZE_LF:
        return end_size(chunked, c);
    case CHUNKED_DATA_CR:
        return expect(chunked, c, '\r', CHUNKED_DATA_LF);
    case CHUNKED_DATA_LF:
        return end_data(chunked, c);
    case CHUNKED_TRAILER_FIRST:
    case CHUNKED_TRAILER:
        return read_trailer(chunked, c);
    case CHUNKED_TRAILER_LF:
        return expect(chunked, c, '\n', CHUNKED_TRAILER_FIRST);
    case CHUNKED_LAST_LF:
        return expect(chunked, c, '\n', CHUNKED_LAST_LF);
    case CHUNKED_DATA:
        break;
    }
    return true;
}

static enum chunked_state take_piece(struct chunked *chunked, const char **at, const char *end, const char **ret_piece)
{
    uint64_t there = (uint64_t)(end - *at);
    uint64_t length = there < chunked->left ? there : chunked->left;

    *ret_piece = *at;
    *at += length;
    chunked->left -= length;
    if (chunked->left == 0) {
        chunked->place = CHUNKED_DATA_CR;
    }
    return CHUNKED_PIECE;
}

enum chunked_state chunked_read(struct chunked *chunked, const char **at, const char *end, const char **ret_piece)
{
    while (*at < end) {
        bool last = chunked->place == CHUNKED_LAST_LF;
        if (chunked->place == CHUNKED_DATA) {
            return take_piece(chunked, at, end, ret_piece);
        }
        if (!step(chunked, **at)) {
            return CHUNKED_BROKEN;
        }
        ++*at;
        if (last) {
            return CHUNKED_DONE;
        }
    }
    return CHUNKED_MORE;
}
