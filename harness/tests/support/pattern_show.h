/* pattern_show: a pattern as one line of text for assertions: literals unchanged, a value as <0>, inside a JSON string
 * as <0:json>, in a path as <0:path>, in a header as <0:header>. */
#ifndef TWOFOLD_TESTS_SUPPORT_PATTERN_SHOW_H
#define TWOFOLD_TESTS_SUPPORT_PATTERN_SHOW_H

#include "base/text.h"
#include "plan/traffic/pattern.h"

/* The caller frees the text. */
static inline char *pattern_show(const struct pattern *pattern)
{
    static const char *const encodings[] = {[ENCODING_RAW] = "",
                                            [ENCODING_HEADER] = ":header",
                                            [ENCODING_JSON_STRING] = ":json",
                                            [ENCODING_PATH] = ":path"};
    struct text out = {0};

    for (size_t i = 0; i < pattern->count; i++) {
        const struct piece *piece = &pattern->pieces[i];
        if (piece->literal != NULL) {
            text_append(&out, piece->literal, piece->length);
        } else {
            text_format(&out, "<%zu%s>", piece->value, encodings[piece->encoding]);
        }
    }
    return text_take(&out);
}

#endif
