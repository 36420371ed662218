/* wrong_response_phrase: a wrong response in words: what was expected, and what came. What the service sent is made
 * safe to show on one line. Every function appends to `out`. */
#ifndef TWOFOLD_RECORD_WORDS_WRONG_RESPONSE_PHRASE_H
#define TWOFOLD_RECORD_WORDS_WRONG_RESPONSE_PHRASE_H

#include "base/text.h"
#include "record/wrong_response.h"

/* "status 200", "any 2xx", "a body of 12 bytes", "\"id\": 17". */
void wrong_response_phrase_expected(struct text *out, const struct wrong_response *wrong);

/* "status 404", "a body of 10 bytes", "\"id\": 18", "no \"id\"", "no HTTP response (byte 58 (0x3b, ;): …)". */
void wrong_response_phrase_came(struct text *out, const struct wrong_response *wrong);

/* The beginning of its body: "body \"{}\"", "body \"{\"error\": \" and so on, 1,234 bytes in all", "no body". */
void wrong_response_phrase_body(struct text *out, const struct wrong_response *wrong);

/* All of it: "status 404 instead of status 200, body \"none\"". */
void wrong_response_phrase(struct text *out, const struct wrong_response *wrong);

/* The same as lines below each other, as `twofold verify` tells a difference, each with a line break at its end.
 * `request` is what was asked for: "GET /items/{id}". */
void wrong_response_phrase_lines(struct text *out, const struct wrong_response *wrong, const char *request);

#endif
