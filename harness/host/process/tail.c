#include "host/process/tail.h"

#include "base/secret.h"
#include "base/utf8.h"

#include <string.h>
#include <unistd.h>

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

/* The length of a terminal control sequence (ESC [ … letter, or the same after C1's CSI) or carriage return at `s`,
 * or 0. */
static size_t terminal_only(const char *s)
{
    size_t length = 2;

    if (s[0] == '\r') {
        return 1;
    }
    if (strncmp(s, "\x1b[", 2) != 0 && strncmp(s, "\xc2\x9b", 2) != 0) {
        return 0;
    }
    while (s[length] >= 0x20 && s[length] < 0x40) {
        length++;
    }
    if (s[length] < 0x40 || s[length] >= 0x7f) {
        return 0;
    }
    return length + 1;
}

static void write_clean(const char *s, struct text *out)
{
    struct text shown = {0}, plain = {0};

    while (*s != '\0') {
        size_t skipped = terminal_only(s);
        if (skipped == 0) {
            text_append(&shown, s, 1);
        }
        s += skipped > 0 ? skipped : 1;
    }
    utf8_lines(&plain, shown.data);
    if (plain.length > 0) {
        secret_cut(out, plain.data, environ);
    }
    text_release(&shown);
    text_release(&plain);
}

void tail_write(const struct tail *tail, struct text *out)
{
    char whole[TAIL_BYTES + 1];
    size_t kept = smaller(tail->total, TAIL_BYTES);
    size_t start = (tail->total - kept) % TAIL_BYTES;
    size_t first = smaller(kept, TAIL_BYTES - start);

    memcpy(whole, tail->bytes + start, first);
    memcpy(whole + first, tail->bytes, kept - first);
    whole[kept] = '\0';
    for (char *nul = whole; (nul = memchr(nul, '\0', (size_t)(whole + kept - nul))) != NULL;) {
        *nul = '\x01'; /* shown as any other control character */
    }
    size_t cut = 0; /* the rest of a character whose beginning was overwritten */
    while (tail->total > kept && cut < 3 && ((unsigned char)whole[cut] >> 6) == 2) {
        cut++;
    }
    write_clean(whole + cut, out);
}
