#include "contract/verify/model/html.h"

#include "contract/verify/model/phrase.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { REFERENCE_MOST = 12 };

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool starts(const char *at, const char *end, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(end - at) >= length && memcmp(at, word, length) == 0;
}

/* Just behind the next `word`, or the end. */
static const char *behind(const char *at, const char *end, const char *word)
{
    const char *found = memmem(at, (size_t)(end - at), word, strlen(word));
    return found != NULL ? found + strlen(word) : end;
}

/* The '>' of a tag; one within quotes is not. */
static const char *tag_end(const char *at, const char *end)
{
    char quote = '\0';

    for (; at < end && (quote != '\0' || *at != '>'); at++) {
        if (quote != '\0') {
            quote = *at == quote ? '\0' : quote;
        } else if (*at == '"' || *at == '\'') {
            quote = *at;
        }
    }
    return at;
}

static bool begins_tag(const char *at, const char *end)
{
    const char *name = at + (starts(at, end, "</") ? 2 : 1);
    return at < end && *at == '<' && name < end && isalpha((unsigned char)*name);
}

static bool begins_other(const char *at, const char *end)
{
    return starts(at, end, "<!") || starts(at, end, "<?");
}

static void read_tag(struct html *html, struct html_token *token)
{
    bool closes = starts(html->at, html->end, "</");
    const char *name = html->at + 1 + closes;
    const char *end = tag_end(name, html->end);
    const char *rest = name;
    size_t length = 0;

    while (rest < end && !is_space(*rest) && *rest != '/') {
        if (length < HTML_NAME - 1) {
            token->name[length++] = (char)tolower((unsigned char)*rest);
        }
        rest++;
    }
    token->name[length] = '\0';
    token->kind = closes ? HTML_END : HTML_START;
    token->inside = rest;
    token->length = (size_t)(end - rest);
    html->at = end < html->end ? end + 1 : end;
}

static void read_text(struct html *html, struct html_token *token)
{
    const char *end = html->at + 1;

    while (end < html->end && !begins_tag(end, html->end) && !begins_other(end, html->end)) {
        end++;
    }
    token->kind = HTML_TEXT;
    token->name[0] = '\0';
    token->inside = html->at;
    token->length = (size_t)(end - html->at);
    html->at = end;
}

bool html_next(struct html *html, struct html_token *ret_token)
{
    while (html->at < html->end && begins_other(html->at, html->end)) {
        html->at = behind(html->at, html->end, starts(html->at, html->end, "<!--") ? "-->" : ">");
    }
    if (html->at == html->end) {
        return false;
    }
    if (begins_tag(html->at, html->end)) {
        read_tag(html, ret_token);
    } else {
        read_text(html, ret_token);
    }
    return true;
}

/* The code point that is meant; 0: none. */
static uint32_t point_of(const char *reference)
{
    static const struct {
        const char *name;
        uint32_t point;
    } names[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}, {"nbsp", 0xa0}};
    char *end;

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(reference, names[i].name) == 0) {
            return names[i].point;
        }
    }
    if (reference[0] != '#') {
        return 0;
    }
    bool hex = reference[1] == 'x' || reference[1] == 'X';
    const char *digits = reference + (hex ? 2 : 1);
    unsigned long point = strtoul(digits, &end, hex ? 16 : 10);
    bool good = isxdigit((unsigned char)*digits) && *end == '\0' && point <= 0x10ffff && point - 0xd800 >= 0x800;
    return good ? (uint32_t)point : 0;
}

void html_resolve(struct text *out, const char *data, size_t length)
{
    char reference[REFERENCE_MOST];

    for (size_t i = 0; i < length; i++) {
        const char *end = data[i] == '&' ? memchr(data + i, ';', length - i) : NULL;
        size_t inner = end != NULL ? (size_t)(end - data) - i - 1 : REFERENCE_MOST;
        uint32_t point = 0;
        if (inner < REFERENCE_MOST) {
            snprintf(reference, sizeof reference, "%.*s", (int)inner, data + i + 1);
            point = point_of(reference);
        }
        if (point != 0) {
            phrase_add_point(out, point);
            i += inner + 1;
        } else {
            text_append(out, data + i, 1);
        }
    }
}

/* A value in quotes, or up to the next space. Returns what is behind it. */
static const char *read_value(const char *at, const char *end, struct text *out)
{
    const char *start = at;

    if (at < end && (*at == '"' || *at == '\'')) {
        const char *close = memchr(at + 1, *at, (size_t)(end - at - 1));
        close = close != NULL ? close : end;
        html_resolve(out, at + 1, (size_t)(close - at - 1));
        return close < end ? close + 1 : end;
    }
    while (at < end && !is_space(*at)) {
        at++;
    }
    html_resolve(out, start, (size_t)(at - start));
    return at;
}

bool html_attribute(const struct html_token *token, const char *name, struct text *out)
{
    const char *at = token->inside, *end = token->inside + token->length;

    while (at < end) {
        const char *start = at;
        while (at < end && !is_space(*at) && *at != '=' && *at != '/') {
            at++;
        }
        bool is_it = (size_t)(at - start) == strlen(name) && strncasecmp(start, name, strlen(name)) == 0;
        struct text value = {0};
        if (at < end && *at == '=') {
            at = read_value(at + 1, end, &value);
        } else if (at < end && !is_it) {
            at++;
        }
        if (is_it) {
            text_append(out, value.data != NULL ? value.data : "", value.length);
        }
        text_release(&value);
        if (is_it) {
            return true;
        }
    }
    return false;
}
