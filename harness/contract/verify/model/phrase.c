#include "contract/verify/model/phrase.h"

#include "contract/verify/excerpt.h"

#include <string.h>

struct point_range {
    uint32_t first, last;
};

static const struct point_range ranges[] = {
    {'a', 'z'},
    {' ', '~'},
    {' ', ' '},
    {'"', '"'},
    {'\\', '\\'},
    {'/', '/'},
    {0, 0},
    {0, 0x1f},
    {0x7f, 0x9f},
    {0xa0, 0xff},
    {0x300, 0x36f},
    {0x5d0, 0x5ea},
    {0x627, 0x64a},
    {0x1100, 0x11ff},
    {0x200b, 0x200f},
    {0x2028, 0x202e},
    {0x2066, 0x2069},
    {0x2126, 0x212b},
    {0x3000, 0x30ff},
    {0x4e00, 0x9fff},
    {0xac00, 0xd7a3},
    {0xe000, 0xf8ff},
    {0xfb00, 0xfb06},
    {0xfdd0, 0xfdef},
    {0xfe00, 0xfe0f},
    {0xfeff, 0xfeff},
    {0xfffd, 0xffff},
    {0x1f300, 0x1faff},
    {0x1f1e6, 0x1f1ff},
    {0x1d400, 0x1d7ff},
    {0x1fffe, 0x1ffff},
    {0x20000, 0x2a6df},
    {0xe0001, 0xe007f},
    {0x10fffe, 0x10ffff},
    {0x80, 0xd7ff},
    {0xe000, 0xffff},
    {0x10000, 0x10ffff},
};

enum { RANGE_COUNT = sizeof ranges / sizeof ranges[0] };

static size_t length_of(uint32_t point)
{
    if (point < 0x80) {
        return 1;
    }
    if (point < 0x800) {
        return 2;
    }
    return point < 0x10000 ? 3 : 4;
}

void phrase_add_point(struct text *out, uint32_t point)
{
    char bytes[4];
    size_t length = length_of(point);
    static const unsigned char leads[] = {0, 0, 0xc0, 0xe0, 0xf0};

    for (size_t i = length; i-- > 1;) {
        bytes[i] = (char)(0x80 | (point & 0x3f));
        point >>= 6;
    }
    bytes[0] = (char)(leads[length] | point);
    text_append(out, bytes, length);
}

/* Two kinds of characters at a time: mixed enough to break things, tame enough to see which did. */
void phrase_add(struct text *out, struct random *random, size_t points)
{
    const struct point_range *kinds[] = {&ranges[random_below(random, RANGE_COUNT)],
                                         &ranges[random_below(random, RANGE_COUNT)]};

    for (size_t i = 0; i < points; i++) {
        const struct point_range *range = kinds[random_below(random, 2)];
        phrase_add_point(out, range->first + (uint32_t)random_below(random, range->last - range->first + 1));
    }
}

static void add_unit(struct text *out, struct random *random, unsigned unit)
{
    text_format(out, random_below(random, 2) == 0 ? "\\u%04x" : "\\u%04X", unit);
}

static void add_escape(struct text *out, struct random *random, uint32_t point)
{
    static const char plain[] = "\"\\/\b\f\n\r\t";
    static const char letters[] = "\"\\/bfnrt";
    const char *at = point != 0 && point < 0x80 ? strchr(plain, (int)point) : NULL;

    if (at != NULL && random_below(random, 4) != 0) {
        text_format(out, "\\%c", letters[at - plain]);
    } else if (point >= 0x10000) {
        add_unit(out, random, 0xd800 + ((point - 0x10000) >> 10));
        add_unit(out, random, 0xdc00 + ((point - 0x10000) & 0x3ff));
    } else {
        add_unit(out, random, point);
    }
}

void phrase_quote(struct text *out, struct random *random, const char *data, size_t length)
{
    /* Of 16 characters so many are escaped that would not have to be. */
    uint64_t escaped = random_below(random, 3) * 8;

    text_add(out, "\"");
    for (size_t at = 0; at < length;) {
        size_t taken;
        uint32_t point = (uint32_t)excerpt_code_point(data + at, length - at, &taken);
        if (point < 0x20 || point == '"' || point == '\\' || random_below(random, 16) < escaped) {
            add_escape(out, random, point);
        } else {
            text_append(out, data + at, taken);
        }
        at += taken;
    }
    text_add(out, "\"");
}
