#include "host/process/tail.h"

#include <string.h>

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

void tail_add(struct tail *tail, const void *data, size_t length)
{
    const char *bytes = data;

    if (length > TAIL_BYTES) {
        tail->total += length - TAIL_BYTES;
        bytes += length - TAIL_BYTES;
        length = TAIL_BYTES;
    }
    while (length > 0) {
        size_t at = tail->total % TAIL_BYTES;
        size_t part = smaller(length, TAIL_BYTES - at);
        memcpy(tail->bytes + at, bytes, part);
        tail->total += part;
        bytes += part;
        length -= part;
    }
}

/* The length that the first byte of a UTF-8 character announces, or 0 when no character begins with it. */
static size_t announced(unsigned char first)
{
    if (first < 0x80) {
        return 1;
    }
    if (first >> 5 == 6) {
        return 2;
    }
    if (first >> 4 == 14) {
        return 3;
    }
    if (first >> 3 == 30) {
        return 4;
    }
    return 0;
}

/* The length of the UTF-8 character at `s`, or 0 when there is none: no overlong forms, surrogates, or ends cut off. */
static size_t character(const unsigned char *s, size_t left)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = announced(s[0]);

    if (length < 2) {
        return length;
    }
    if (length > left) {
        return 0;
    }
    uint32_t code = s[0] & (0x7fU >> length);
    for (size_t i = 1; i < length; i++) {
        if (s[i] >> 6 != 2) {
            return 0;
        }
        code = code << 6 | (s[i] & 0x3fU);
    }
    if (code < least[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) {
        return 0;
    }
    return length;
}

/* The length of a terminal control sequence (ESC [ … letter) or carriage return at `s`, or 0. */
static size_t terminal_only(const unsigned char *s, size_t left)
{
    size_t length = 2;

    if (s[0] == '\r') {
        return 1;
    }
    if (left < 3 || s[0] != 0x1b || s[1] != '[') {
        return 0;
    }
    while (length < left && s[length] >= 0x20 && s[length] < 0x40) {
        length++;
    }
    if (length == left || s[length] < 0x40 || s[length] >= 0x7f) {
        return 0;
    }
    return length + 1;
}

static void write_clean(const unsigned char *s, size_t left, struct text *out)
{
    while (left > 0) {
        size_t skipped = terminal_only(s, left);
        size_t length = character(s, left);
        if (skipped > 0) {
            length = skipped;
        } else if (length == 0 || (length == 1 && (s[0] == 0x7f || (s[0] < 0x20 && s[0] != '\n' && s[0] != '\t')))) {
            text_append(out, "?", 1);
            length = 1;
        } else {
            text_append(out, s, length);
        }
        s += length;
        left -= length;
    }
}

void tail_write(const struct tail *tail, struct text *out)
{
    char whole[TAIL_BYTES];
    size_t kept = smaller(tail->total, TAIL_BYTES);
    size_t start = (tail->total - kept) % TAIL_BYTES;
    size_t first = smaller(kept, TAIL_BYTES - start);

    memcpy(whole, tail->bytes + start, first);
    memcpy(whole + first, tail->bytes, kept - first);
    size_t cut = 0; /* the rest of a character whose beginning was overwritten */
    while (tail->total > kept && cut < 3 && ((unsigned char)whole[cut] >> 6) == 2) {
        cut++;
    }
    write_clean((const unsigned char *)whole + cut, kept - cut, out);
}
