/* named_backends: the services that a command line names: backends by their names, from backends/, and folders anywhere
 * by their paths ("./my-service"). */
#ifndef TWOFOLD_CLI_BACKENDS_NAMED_BACKENDS_H
#define TWOFOLD_CLI_BACKENDS_NAMED_BACKENDS_H

#include "base/error.h"
#include "plan/manifest/manifest.h"
#include "record/run_log.h"

#include <stddef.h>

/* The words of lists such as "go, ./my-service", NULL-terminated; NULL where there is no list. Spaces around a word do
 * not count; where nothing is between two commas the word is empty. A list that is the path of a folder as it stands is
 * one word, so that a path may have commas. Free it with file_list_free. */
char **named_backends_words(const char *const *lists, size_t count);

/* The words that name the services of a run again, as its record has them; freed as above. NULL where it has none. */
char **named_backends_recorded(const struct run_record *run);

/* Reads the backends of these words; NULL: all in backends/ that are measured where none is named, without the
 * reference service. They are in the order of their names, and no two have one name. Of all, those whose backend.json
 * is wrong are left out, which is said on standard error; where they were named, they stay, with the reason in `wrong`.
 * ERROR_INPUT for a name that is not known, which lists the known ones; for a path that leads to no service; and where
 * every one that was named is wrong. Free them with named_backends_free. */
int named_backends_read(char *const *words, struct manifest **ret_manifests, size_t *ret_count, struct error *err);

/* The same of all in backends/ but the reference service, also those that are measured only where they are named. */
int named_backends_all(struct manifest **ret_manifests, size_t *ret_count, struct error *err);

void named_backends_free(struct manifest *manifests, size_t count);

#endif
