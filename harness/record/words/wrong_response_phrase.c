#include "record/words/wrong_response_phrase.h"

#include "base/units.h"
#include "base/utf8.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

static void add_bytes(struct text *out, double bytes)
{
    char count[UNITS_TEXT];

    units_write_count(count, bytes < 0x1p63 ? (uint64_t)bytes : UINT64_MAX);
    text_format(out, "a body of %s bytes", count);
}

static void add_member(struct text *out, const char *name, const char *value)
{
    text_add(out, "\"");
    utf8_plain(out, name);
    text_add(out, "\": ");
    utf8_plain(out, value);
}

void wrong_response_phrase_expected(struct text *out, const struct wrong_response *wrong)
{
    if (wrong->capture != NULL) {
        utf8_plain(out, wrong->capture);
        text_add(out, " to be captured");
    } else if (wrong->member != NULL) {
        add_member(out, wrong->member, wrong->expected_value);
    } else if (!isnan(wrong->expected_bytes)) {
        add_bytes(out, wrong->expected_bytes);
    } else if (wrong->expected_status != 0) {
        text_format(out, "status %u", wrong->expected_status);
    } else {
        text_add(out, "any 2xx");
    }
}

void wrong_response_phrase_came(struct text *out, const struct wrong_response *wrong)
{
    if (wrong->status == 0) {
        text_add(out, "no HTTP response");
    } else if (wrong->capture != NULL) {
        text_format(out, "status %u without it", wrong->status);
    } else if (wrong->member != NULL && wrong->came_value != NULL) {
        add_member(out, wrong->member, wrong->came_value);
    } else if (wrong->member != NULL) {
        text_add(out, "no \"");
        utf8_plain(out, wrong->member);
        text_add(out, "\"");
    } else if (!isnan(wrong->expected_bytes)) {
        add_bytes(out, (double)wrong->body_bytes);
    } else {
        text_format(out, "status %u", wrong->status);
    }
    if (wrong->unreadable != NULL) {
        text_add(out, " (");
        utf8_plain(out, wrong->unreadable);
        text_add(out, ")");
    }
}

void wrong_response_phrase_body(struct text *out, const struct wrong_response *wrong)
{
    size_t shown = wrong->body != NULL ? strlen(wrong->body) : 0;

    if (shown == 0) {
        text_add(out, "no body");
        return;
    }
    text_add(out, "body \"");
    utf8_plain(out, wrong->body);
    text_add(out, "\"");
    if (wrong->body_bytes > shown) {
        char count[UNITS_TEXT];
        units_write_count(count, wrong->body_bytes);
        text_format(out, " and so on, %s bytes in all", count);
    }
}

/* What is no HTTP response has none. */
static void add_body(struct text *out, const struct wrong_response *wrong)
{
    if (wrong->status != 0) {
        text_add(out, ", ");
        wrong_response_phrase_body(out, wrong);
    }
}

void wrong_response_phrase(struct text *out, const struct wrong_response *wrong)
{
    wrong_response_phrase_came(out, wrong);
    text_add(out, " instead of ");
    wrong_response_phrase_expected(out, wrong);
    add_body(out, wrong);
}

void wrong_response_phrase_lines(struct text *out, const struct wrong_response *wrong, const char *request)
{
    text_format(out, "   request   %s\n   expected  ", request);
    wrong_response_phrase_expected(out, wrong);
    text_add(out, "\n   came      ");
    wrong_response_phrase_came(out, wrong);
    add_body(out, wrong);
    text_add(out, "\n");
}
