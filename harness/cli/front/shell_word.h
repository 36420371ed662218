/* shell_word: a word as a shell reads it, for commands that people copy. */
#ifndef TWOFOLD_CLI_SHELL_WORD_H
#define TWOFOLD_CLI_SHELL_WORD_H

#include "base/text.h"

/* Append the word, in quotes where it needs them. */
void shell_word_add(struct text *out, const char *word);

#endif
