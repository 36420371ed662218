/* remarks: what people must know about a scenario that was made for them: what of their input is not in it, and what
 * they have to give or to look at. */
#ifndef TWOFOLD_IMPORT_REMARKS_H
#define TWOFOLD_IMPORT_REMARKS_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

/* Things of one kind that were left out. */
struct left_out {
    const char *what; /* "lines that do not parse"; it outlives the remarks */
    uint64_t count;
    uint64_t line; /* of the first one; 0: it has none */
    char *first;   /* the first one, shortened */
};

/* `= {0}` is none. */
struct remarks {
    struct left_out *left_out;
    size_t left_out_count;
    char **notes;
    size_t note_count;
};

/* Counts `count` things of the kind `what`. `first` is quoted where they are the first of it. */
void remarks_leave_out(struct remarks *remarks, const char *what, uint64_t count, uint64_t line, const char *first);

/* Adds a sentence, once. */
void remarks_note(struct remarks *remarks, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds the sentence that a value stands for a secret, and which variable of the environment it is taken from. */
void remarks_note_secret(struct remarks *remarks, const char *value, const char *variable);

/* Appends one line for each remark, which is safe to show: without control characters, and secrets are cut out. */
void remarks_write(const struct remarks *remarks, struct text *out);

void remarks_release(struct remarks *remarks);

#endif
