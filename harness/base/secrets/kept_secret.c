#include "base/secrets/kept_secret.h"

#include "base/mem.h"
#include "base/secret.h"
#include "base/utf8.h"

#include <ctype.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Fewer bytes than these do not tell the beginning, or the end, of a secret from other words. */
#define BEGINNING_LEAST 4
#define END_LEAST       8

/* The longest spelling of one character is that of one behind another plane, as two escapes of JSON. */
#define SPELLING_MOST 12

struct kept {
    struct kept *next;
    size_t length;
    char value[];
};

static _Atomic(struct kept *) first;

void secret_keep(const char *value)
{
    size_t length = strlen(value);
    if (length == 0) {
        return;
    }
    struct kept *kept = mem_new(1, sizeof *kept + length + 1);

    memcpy(kept->value, value, length + 1);
    kept->length = length;
    kept->next = atomic_load(&first);
    while (!atomic_compare_exchange_weak(&first, &kept->next, kept)) {
    }
}

void secret_forget(void)
{
    struct kept *kept = atomic_exchange(&first, NULL);

    while (kept != NULL) {
        struct kept *next = kept->next;
        free(kept);
        kept = next;
    }
}

/* ---- one character in all its spellings ---- */

/* The number in the `count` hexadecimal digits at `at`; -1: they are none. */
static int32_t hex(const char *at, size_t count)
{
    int32_t number = 0;

    for (size_t i = 0; i < count; i++) {
        if (!isxdigit((unsigned char)at[i])) {
            return -1;
        }
        int digit = isdigit((unsigned char)at[i]) ? at[i] - '0' : toupper((unsigned char)at[i]) - 'A' + 10;
        number = number * 16 + digit;
    }
    return number;
}

/* Each of these returns the length of its spelling of the character at `at`; 0: it is not that one. `bytes` are the
 * character in UTF-8, `point` is its number. */

static size_t percent_encoded(const char *at, const char *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (at[3 * i] != '%' || hex(at + 3 * i + 1, 2) != (unsigned char)bytes[i]) {
            return 0;
        }
    }
    return 3 * count;
}

/* \u00e9, and \ud83d\ude00 for what lies behind U+FFFF. */
static size_t numbered(const char *at, uint32_t point)
{
    int32_t unit = hex(at + 2, 4);

    if (point < 0x10000) {
        return unit == (int32_t)point ? 6 : 0;
    }
    bool high = unit == (int32_t)(0xd800 + ((point - 0x10000) >> 10));
    bool low = high && at[6] == '\\' && at[7] == 'u' && hex(at + 8, 4) == (int32_t)(0xdc00 + (point & 0x3ff));
    return low ? 12 : 0;
}

static size_t escaped(const char *at, uint32_t point)
{
    static const char letters[] = "abfnrtv", meant[] = "\a\b\f\n\r\t\v";

    if (at[0] != '\\' || at[1] == '\0') {
        return 0;
    }
    if (at[1] == 'u') {
        return numbered(at, point);
    }
    if (at[1] == 'x') {
        return hex(at + 2, 2) == (int32_t)point ? 4 : 0;
    }
    const char *letter = strchr(letters, at[1]);
    uint32_t means = letter != NULL ? (unsigned char)meant[letter - letters] : (unsigned char)at[1];
    return means == point ? 2 : 0;
}

static size_t entity(const char *at, uint32_t point)
{
    static const struct {
        const char *name;
        uint32_t point;
    } named[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    char *end;

    if (at[0] != '&') {
        return 0;
    }
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++) {
        if (named[i].point == point && strncmp(at, named[i].name, strlen(named[i].name)) == 0) {
            return strlen(named[i].name);
        }
    }
    bool by_hex = at[1] == '#' && (at[2] == 'x' || at[2] == 'X');
    const char *digits = at + (by_hex ? 3 : 2);
    if (at[1] != '#' || !isxdigit((unsigned char)*digits) ||
        strtoul(digits, &end, by_hex ? 16 : 10) != (unsigned long)point || *end != ';') {
        return 0;
    }
    return (size_t)(end + 1 - at);
}

static size_t spelling(const char *at, const char *bytes, size_t count, uint32_t point)
{
    size_t length = percent_encoded(at, bytes, count);

    length = length > 0 ? length : escaped(at, point);
    length = length > 0 ? length : entity(at, point);
    if (length == 0 && strncmp(at, bytes, count) == 0) {
        length = count;
    }
    return length > 0 ? length : point == ' ' && *at == '+';
}

/* ---- one secret ---- */

/* Whether nothing but the beginning of a spelling is left of the text. */
static bool is_cut_short(const char *at)
{
    return *at == '\0' || (strchr("%\\&", *at) != NULL && strlen(at) < SPELLING_MOST);
}

/* The length of what stands at `at` and spells `value`, or its beginning where the text ends in it; 0: nothing does. */
static size_t spelled(const char *at, const char *value)
{
    const char *from = at, *c = value;

    while (*c != '\0') {
        uint32_t point;
        const char *next = utf8_next(c, &point);
        size_t length = spelling(at, c, (size_t)(next - c), point);
        if (length == 0) {
            bool beginning = is_cut_short(at) && c - value >= BEGINNING_LEAST;
            return beginning ? (size_t)(at - from) + strlen(at) : 0;
        }
        at += length;
        c = next;
    }
    return (size_t)(at - from);
}

static size_t plain(const char *at, const struct kept *kept)
{
    return strncmp(at, kept->value, kept->length) == 0 ? kept->length : 0;
}

static bool is_word(const char *whole, const char *at, size_t length)
{
    bool before = at > whole && isalnum((unsigned char)at[-1]), behind = isalnum((unsigned char)at[length]) != 0;
    return !before && !behind;
}

/* The end of the secret that the text begins with. */
static size_t end_at(const char *at, const struct kept *kept)
{
    for (size_t i = 1; i + END_LEAST <= kept->length; i++) {
        if (((unsigned char)kept->value[i] & 0xc0) != 0x80) {
            size_t length = spelled(at, kept->value + i);
            if (length > 0) {
                return length;
            }
        }
    }
    return 0;
}

static size_t one_at(const char *whole, const char *at, const struct kept *kept)
{
    size_t length = plain(at, kept);

    length = length > 0 ? length : spelled(at, kept->value);
    if (length > 0 && kept->length < BEGINNING_LEAST && !is_word(whole, at, length)) {
        length = 0;
    }
    return length > 0 || at > whole ? length : end_at(at, kept);
}

size_t kept_secret_at(const char *whole, const char *at)
{
    size_t longest = 0;

    for (const struct kept *kept = atomic_load(&first); kept != NULL; kept = kept->next) {
        size_t length = one_at(whole, at, kept);
        longest = length > longest ? length : longest;
    }
    return longest;
}
