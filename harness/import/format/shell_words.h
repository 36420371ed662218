/* shell_words: commands as they are written for a POSIX shell, cut into their words. Quotes ('…', "…" and $'…'),
 * backslashes and lines that go on are understood; variables and what else a shell replaces stay as they stand. */
#ifndef TWOFOLD_IMPORT_FORMAT_SHELL_WORDS_H
#define TWOFOLD_IMPORT_FORMAT_SHELL_WORDS_H

#include <stddef.h>

struct shell_command {
    char **words; /* NULL-terminated */
    size_t count;
    unsigned line; /* on which it begins, from 1 on */
};

struct shell_words {
    struct shell_command *commands;
    size_t count;
};

/* Reads the commands of `text`. They are separated by line ends, ";", "&" and "|". Returns 0, or the line on which a
 * quote begins that does not end; *ret_words is untouched then. Release with shell_words_release. */
unsigned shell_words_read(struct shell_words *ret_words, const char *text);
void shell_words_release(struct shell_words *words);

#endif
