/* html: the tags and texts of an HTML document, one after another, leniently: whatever the bytes are, something comes
 * of them, and in the end nothing more. Comments, doctypes and processing instructions are passed over. What only
 * scripts, styles and the like have, texts with other rules, it does not know. */
#ifndef TWOFOLD_CONTRACT_VERIFY_HTML_H
#define TWOFOLD_CONTRACT_VERIFY_HTML_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum { HTML_NAME = 32 };

struct html {
    const char *at, *end; /* what is left to read */
};

struct html_token {
    enum html_kind { HTML_TEXT, HTML_START, HTML_END } kind;
    char name[HTML_NAME]; /* of a tag, in small letters, cut to fit */
    const char *inside;   /* a text as it stands, or the attributes of a tag: not terminated by a NUL */
    size_t length;
};

/* Returns false when there is nothing more; *ret_token is then untouched. It points into the document. */
bool html_next(struct html *html, struct html_token *ret_token);

/* Append a text with its character references resolved: numbers, amp, lt, gt, quot, apos and nbsp. Others stay as they
 * stand. */
void html_resolve(struct text *out, const char *data, size_t length);

/* Append the value of an attribute of a tag, resolved. Returns false when the tag has none of this name. */
bool html_attribute(const struct html_token *token, const char *name, struct text *out);

#endif
