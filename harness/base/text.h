/* text: a growing buffer of bytes, kept NUL-terminated, and the word nearest to another (for "did you mean"). */
#ifndef TWOFOLD_BASE_TEXT_H
#define TWOFOLD_BASE_TEXT_H

#include <stddef.h>

struct text {
    char *data; /* NUL-terminated once anything was added; NULL before */
    size_t length;
    size_t capacity;
};

void text_init(struct text *text); /* `= {0}` does the same */
void text_release(struct text *text);
void text_clear(struct text *text); /* empties it, keeps the memory */

void text_append(struct text *text, const void *data, size_t length);
void text_add(struct text *text, const char *string);
void text_format(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The heap string inside; the text is empty afterwards. Never NULL. The caller frees it. */
char *text_take(struct text *text);

/* The member of `words` (NULL-terminated list) nearest to `word` by edit distance, or NULL when none is near. */
const char *text_nearest(const char *word, const char *const *words);

#endif
