#include "import/format/shell_words.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct cutter {
    const char *at;
    unsigned line;
    struct shell_words words;
    struct text word;
    unsigned word_line; /* on which the word begins */
    bool in_word;       /* an empty word in quotes is one too */
    bool in_command;    /* the last command goes on */
};

/* ---- commands and words ---- */

static void end_word(struct cutter *cutter)
{
    if (!cutter->in_word) {
        return;
    }
    if (!cutter->in_command) {
        list_add(cutter->words.commands, cutter->words.count)->line = cutter->word_line;
        cutter->in_command = true;
    }
    struct shell_command *command = &cutter->words.commands[cutter->words.count - 1];
    *list_add(command->words, command->count) = text_take(&cutter->word);
    cutter->in_word = false;
}

static void end_command(struct cutter *cutter)
{
    end_word(cutter);
    cutter->in_command = false;
}

static void begin_word(struct cutter *cutter)
{
    if (!cutter->in_word) {
        cutter->in_word = true;
        cutter->word_line = cutter->line;
    }
}

static void take(struct cutter *cutter, size_t length)
{
    begin_word(cutter);
    for (size_t i = 0; i < length; i++) {
        cutter->line += cutter->at[i] == '\n';
    }
    text_append(&cutter->word, cutter->at, length);
    cutter->at += length;
}

static void skip(struct cutter *cutter, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        cutter->line += cutter->at[i] == '\n';
    }
    cutter->at += length;
}

/* How many bytes a backslash at `at` and the line end behind it are; 0: there is none behind it. */
static size_t continuation(const char *at)
{
    if (at[1] == '\n') {
        return 2;
    }
    return at[1] == '\r' && at[2] == '\n' ? 3 : 0;
}

/* ---- quotes ---- */

static bool read_single(struct cutter *cutter)
{
    const char *end = strchr(cutter->at + 1, '\'');

    if (end == NULL) {
        return false;
    }
    cutter->at++;
    take(cutter, (size_t)(end - cutter->at));
    cutter->at++;
    return true;
}

static bool read_double(struct cutter *cutter)
{
    begin_word(cutter);
    cutter->at++;
    while (*cutter->at != '\0' && *cutter->at != '"') {
        if (*cutter->at != '\\') {
            take(cutter, strcspn(cutter->at, "\\\""));
        } else if (continuation(cutter->at) > 0) {
            skip(cutter, continuation(cutter->at));
        } else {
            bool escapes = cutter->at[1] != '\0' && strchr("$`\"\\", cutter->at[1]) != NULL;
            cutter->at += escapes;
            take(cutter, 1);
        }
    }
    if (*cutter->at == '\0') {
        return false;
    }
    cutter->at++;
    return true;
}

static void add_point(struct text *out, uint32_t point)
{
    char bytes[4];

    if (point < 0x80) {
        bytes[0] = (char)point;
        text_append(out, bytes, 1);
    } else if (point < 0x800) {
        bytes[0] = (char)(0xC0 | point >> 6);
        bytes[1] = (char)(0x80 | (point & 0x3F));
        text_append(out, bytes, 2);
    } else if (point < 0x10000) {
        bytes[0] = (char)(0xE0 | point >> 12);
        bytes[1] = (char)(0x80 | (point >> 6 & 0x3F));
        bytes[2] = (char)(0x80 | (point & 0x3F));
        text_append(out, bytes, 3);
    } else {
        bytes[0] = (char)(0xF0 | (point >> 18 & 7));
        bytes[1] = (char)(0x80 | (point >> 12 & 0x3F));
        bytes[2] = (char)(0x80 | (point >> 6 & 0x3F));
        bytes[3] = (char)(0x80 | (point & 0x3F));
        text_append(out, bytes, 4);
    }
}

static bool is_digit(char c, unsigned base)
{
    return base == 16 ? isxdigit((unsigned char)c) != 0 : c >= '0' && c < '8';
}

/* The number of at most `most` digits at `at`, of base 8 or 16; *ret_length is 0 where there is none. */
static uint32_t read_digits(const char *at, size_t most, unsigned base, size_t *ret_length)
{
    char digits[9] = {0};
    size_t length = 0;

    while (length < most && is_digit(at[length], base)) {
        digits[length] = at[length];
        length++;
    }
    *ret_length = length;
    return (uint32_t)strtoul(digits, NULL, (int)base);
}

/* UTF-16 has characters beyond U+FFFF in two halves, and so have browsers' \u escapes. */
static uint32_t join_halves(uint32_t high, const char *at, size_t *length)
{
    size_t more;

    if (high < 0xD800 || high > 0xDBFF || at[*length] != '\\' || at[*length + 1] != 'u') {
        return high;
    }
    uint32_t low = read_digits(at + *length + 2, 4, 16, &more);
    if (low < 0xDC00 || low > 0xDFFF) {
        return high;
    }
    *length += 2 + more;
    return 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
}

static size_t digits_most(char kind)
{
    switch (kind) {
    case 'U':
        return 8;
    case 'u':
        return 4;
    case 'x':
        return 2;
    default:
        return 3;
    }
}

/* The escape behind the backslash at cutter->at. */
static void read_escape(struct cutter *cutter)
{
    static const char letters[] = "abefnrtv\\'\"?", stand_for[] = "\a\b\033\f\n\r\t\v\\'\"?";
    const char *at = cutter->at + 1;
    const char *letter = *at != '\0' ? strchr(letters, *at) : NULL;
    bool is_point = *at == 'u' || *at == 'U', is_byte = *at == 'x';
    size_t length;
    uint32_t number = read_digits(at + (is_point || is_byte), digits_most(*at), is_point || is_byte ? 16 : 8, &length);

    if (letter != NULL) {
        text_append(&cutter->word, &stand_for[letter - letters], 1);
        cutter->at += 2;
    } else if (length == 0) {
        take(cutter, 1);
    } else if (is_point) {
        number = join_halves(number, at + 1, &length);
        add_point(&cutter->word, number);
        cutter->at += 2 + length;
    } else {
        text_append(&cutter->word, (const char[]){(char)number}, 1);
        cutter->at += 1 + is_byte + length;
    }
}

static bool read_ansi(struct cutter *cutter)
{
    begin_word(cutter);
    cutter->at += 2;
    while (*cutter->at != '\0' && *cutter->at != '\'') {
        if (*cutter->at == '\\') {
            read_escape(cutter);
        } else {
            take(cutter, strcspn(cutter->at, "\\'"));
        }
    }
    if (*cutter->at == '\0') {
        return false;
    }
    cutter->at++;
    return true;
}

/* ---- outside of quotes ---- */

static void read_backslash(struct cutter *cutter)
{
    size_t over = continuation(cutter->at);

    if (over > 0) {
        skip(cutter, over);
        return;
    }
    cutter->at++;
    if (*cutter->at != '\0') {
        take(cutter, 1);
    }
}

static bool read_plain(struct cutter *cutter)
{
    char c = *cutter->at;

    if (strchr(" \t\r", c) != NULL) {
        end_word(cutter);
        skip(cutter, 1);
    } else if (strchr("\n;&|", c) != NULL) {
        end_command(cutter);
        skip(cutter, 1);
    } else if (c == '#' && !cutter->in_word) {
        skip(cutter, strcspn(cutter->at, "\n"));
    } else {
        take(cutter, 1);
    }
    return true;
}

static bool read_next(struct cutter *cutter)
{
    switch (*cutter->at) {
    case '\'':
        return read_single(cutter);
    case '"':
        return read_double(cutter);
    case '\\':
        read_backslash(cutter);
        return true;
    case '$':
        return cutter->at[1] == '\'' ? read_ansi(cutter) : read_plain(cutter);
    default:
        return read_plain(cutter);
    }
}

static void terminate_lists(struct shell_words *words)
{
    for (size_t i = 0; i < words->count; i++) {
        *list_add(words->commands[i].words, words->commands[i].count) = NULL;
        words->commands[i].count--;
    }
}

unsigned shell_words_read(struct shell_words *ret_words, const char *text)
{
    struct cutter cutter = {.at = text, .line = 1};
    unsigned open_line = 0;

    while (*cutter.at != '\0' && open_line == 0) {
        unsigned line = cutter.line;
        open_line = read_next(&cutter) ? 0 : line;
    }
    end_command(&cutter);
    terminate_lists(&cutter.words);
    text_release(&cutter.word);
    if (open_line != 0) {
        shell_words_release(&cutter.words);
        return open_line;
    }
    *ret_words = cutter.words;
    return 0;
}

void shell_words_release(struct shell_words *words)
{
    for (size_t i = 0; i < words->count; i++) {
        for (size_t j = 0; j < words->commands[i].count; j++) {
            free(words->commands[i].words[j]);
        }
        free(words->commands[i].words);
    }
    free(words->commands);
    *words = (struct shell_words){0};
}
