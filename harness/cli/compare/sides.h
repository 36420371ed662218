/* sides: what `twofold compare` holds against each other: each side one run or several, all of their services or one.
 */
#ifndef TWOFOLD_CLI_COMPARE_SIDES_H
#define TWOFOLD_CLI_COMPARE_SIDES_H

#include "arguments.h"
#include "opened.h"

#include "analysis/comparison/comparison.h"
#include "base/error.h"

#include <stddef.h>

struct sides {
    struct compared_run *runs;
    size_t count;
    char **words;          /* of the command line, cut at the service; the files and services point into them */
    const char **services; /* of each side; NULL: all of its runs */
    const char **files;    /* of all sides, in their order */
    size_t file_count;
    size_t *first;     /* of each side, the index of its first file; and behind the last, the number of files */
    const char **read; /* the files, each once */
    size_t read_count;
    struct opened *opened;            /* of each of `read` */
    const struct findings **findings; /* of each file */
};

/* Splits the words, "RUN", "RUN,RUN" or "RUN:SERVICE", and reads their runs. ERROR_INPUT where one side has several
 * runs and another one, where only one names a service, and for a service that its run does not have. Release in any
 * case.
 */
int sides_read(struct sides *sides, const struct arguments_list *words, const struct opened_options *options,
               struct error *err);
void sides_release(struct sides *sides);

#endif
