#include "base/utf8.h"

#include <string.h>

#define REPLACEMENT       0xFFFD
#define REPLACEMENT_BYTES "\xEF\xBF\xBD"

struct range {
    uint32_t first, last;
};

/* The system's wcwidth depends on the locale, and a report must not. These are blocks instead of single characters:
 * if a rare character counts one column too many, only its own line is shifted. */
static const struct range narrow[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A},   {0x064B, 0x065F},
    {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF},   {0x1DC0, 0x1DFF},
    {0x200B, 0x200F}, {0x2060, 0x2064}, {0x20D0, 0x20FF}, {0x302A, 0x302D},   {0x3099, 0x309A},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};
static const struct range wide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x2614, 0x2615},   {0x26A1, 0x26A1}, {0x2705, 0x2705},
    {0x274C, 0x274C},   {0x2753, 0x2757},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF}, {0x4E00, 0xA4CF},
    {0xA960, 0xA97F},   {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF}, {0x20000, 0x3FFFD},
};

static bool within(uint32_t point, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (point >= ranges[i].first && point <= ranges[i].last) {
            return true;
        }
    }
    return false;
}

/* How many bytes the sequence that `lead` begins has; 0 when nothing begins with it. */
static size_t sequence_length(unsigned char lead)
{
    if (lead < 0x80) {
        return 1;
    }
    if (lead < 0xC2 || lead >= 0xF5) {
        return 0;
    }
    if (lead < 0xE0) {
        return 2;
    }
    return lead < 0xF0 ? 3 : 4;
}

const char *utf8_next(const char *string, uint32_t *ret_point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    const unsigned char *bytes = (const unsigned char *)string;
    size_t length = sequence_length(bytes[0]);
    uint32_t point = length < 2 ? bytes[0] : bytes[0] & (0x7Fu >> length);

    *ret_point = REPLACEMENT;
    if (length == 0) {
        return string + 1;
    }
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return string + 1;
        }
        point = point << 6 | (bytes[i] & 0x3F);
    }
    if (point < least[length] || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) {
        return string + 1;
    }
    *ret_point = point;
    return string + length;
}

size_t utf8_point_columns(uint32_t point)
{
    if (point < 0x300) {
        return 1;
    }
    if (within(point, narrow, sizeof narrow / sizeof *narrow)) {
        return 0;
    }
    return within(point, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

size_t utf8_columns(const char *string)
{
    size_t columns = 0;
    while (*string != '\0') {
        uint32_t point;
        string = utf8_next(string, &point);
        columns += utf8_point_columns(point);
    }
    return columns;
}

size_t utf8_fitting(const char *string, size_t columns)
{
    const char *at = string;
    size_t taken = 0;

    while (*at != '\0') {
        uint32_t point;
        const char *next = utf8_next(at, &point);
        taken += utf8_point_columns(point);
        if (taken > columns) {
            break;
        }
        at = next;
    }
    return (size_t)(at - string);
}

static bool breaks_line(uint32_t point)
{
    return (point >= '\t' && point <= '\r') || point == 0x85 || point == 0x2028 || point == 0x2029;
}

bool utf8_is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x061C || point == 0x200E || point == 0x200F ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

void utf8_plain(struct text *out, const char *string)
{
    while (string != NULL && *string != '\0') {
        uint32_t point;
        const char *next = utf8_next(string, &point);
        if (breaks_line(point)) {
            text_add(out, " ");
        } else if (utf8_is_control(point) || point == REPLACEMENT) {
            text_add(out, REPLACEMENT_BYTES);
        } else {
            text_append(out, string, (size_t)(next - string));
        }
        string = next;
    }
}

void utf8_lines(struct text *out, const char *string)
{
    while (string != NULL && *string != '\0') {
        uint32_t point;
        const char *next = utf8_next(string, &point);
        if ((utf8_is_control(point) && point != '\n' && point != '\t') || point == REPLACEMENT) {
            text_add(out, "?");
        } else {
            text_append(out, string, (size_t)(next - string));
        }
        string = next;
    }
}

void utf8_repair(struct text *out, const char *string)
{
    while (string != NULL && *string != '\0') {
        uint32_t point;
        const char *next = utf8_next(string, &point);
        if (point == REPLACEMENT) {
            text_add(out, REPLACEMENT_BYTES);
        } else {
            text_append(out, string, (size_t)(next - string));
        }
        string = next;
    }
}

size_t utf8_mark(const char *bytes, size_t length)
{
    static const char mark[] = "\xef\xbb\xbf";
    size_t marked = sizeof mark - 1;

    return length >= marked && memcmp(bytes, mark, marked) == 0 ? marked : 0;
}

bool utf8_is_other(const char *bytes, size_t length)
{
    return length >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0);
}
