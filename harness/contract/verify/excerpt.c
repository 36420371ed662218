#include "contract/verify/excerpt.h"

#include <stdbool.h>

static bool is_valid(int32_t point, size_t length)
{
    static const int32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    return point >= least[length] && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
}

/* Bytes of the sequence that this byte begins; 0: it begins none. */
static size_t sequence_length(unsigned char first)
{
    if (first < 0x80) {
        return 1;
    }
    if (first < 0xc0 || first >= 0xf8) {
        return 0;
    }
    if (first < 0xe0) {
        return 2;
    }
    return first < 0xf0 ? 3 : 4;
}

int32_t excerpt_code_point(const char *data, size_t length, size_t *ret_length)
{
    unsigned char first = (unsigned char)data[0];
    size_t need = sequence_length(first);
    int32_t point = need < 2 ? first : first & (0x7f >> need);

    *ret_length = 1;
    if (need == 0 || need > length) {
        return -1;
    }
    for (size_t i = 1; i < need; i++) {
        if (((unsigned char)data[i] & 0xc0) != 0x80) {
            return -1;
        }
        point = point << 6 | (data[i] & 0x3f);
    }
    if (!is_valid(point, need)) {
        return -1;
    }
    *ret_length = need;
    return point;
}

static void add_point(struct text *out, int32_t point, unsigned char byte)
{
    char ascii[2] = {(char)point, '\0'};

    if (point < 0) {
        text_format(out, "\\x%02x", byte);
    } else if (point >= 0x20 && point < 0x7f) {
        text_add(out, ascii);
    } else if (point == '\n') {
        text_add(out, "\\n");
    } else if (point == '\t') {
        text_add(out, "\\t");
    } else if (point == '\r') {
        text_add(out, "\\r");
    } else {
        text_format(out, "\\u{%x}", (unsigned)point);
    }
}

void excerpt_add(struct text *out, const char *data, size_t length, size_t most)
{
    size_t end = out->length + most;
    size_t at = 0;

    while (at < length && out->length < end) {
        size_t taken;
        int32_t point = excerpt_code_point(data + at, length - at, &taken);
        add_point(out, point, (unsigned char)data[at]);
        at += taken;
    }
    if (at < length) {
        text_format(out, "... (%zu bytes in all)", length);
    }
}
