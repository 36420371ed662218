/* text: a growing buffer of bytes that is always NUL-terminated, and the nearest word, for "did you mean". */
#ifndef TWOFOLD_BASE_TEXT_H
#define TWOFOLD_BASE_TEXT_H

#include <stddef.h>

/* `= {0}` is the empty text. */
struct text {
    char *data;      /* NULL until something is added */
    size_t length;   /* without the NUL */
    size_t capacity; /* with it */
};

void text_release(struct text *text);
void text_clear(struct text *text); /* empties the text and keeps its memory */

/* Add to the end. */
void text_append(struct text *text, const void *data, size_t length);
void text_add(struct text *text, const char *string);
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Takes the string out; the text is empty afterwards. Never NULL. The caller frees the string. */
char *text_take(struct text *text);

/* The member of `words`, a list that ends with NULL, with the smallest edit distance from `word`. NULL if that distance
 * is more than half the length of `word`. */
const char *text_nearest(const char *word, const char *const *words);

#endif
