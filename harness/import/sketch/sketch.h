/* sketch: the scenario that kinds of requests make, and the files beside it that its values need. */
#ifndef TWOFOLD_IMPORT_SKETCH_SKETCH_H
#define TWOFOLD_IMPORT_SKETCH_SKETCH_H

#include "base/error.h"
#include "base/text.h"
#include "import/mix/mix.h"

#include <stddef.h>

#define SKETCH_REQUESTS_MOST 64 /* as many as a scenario may have */

struct sketch_file {
    char *name; /* relative to the scenario's folder */
    struct text text;
};

struct sketch {
    struct text text; /* the scenario */
    struct sketch_file *files;
    size_t file_count;
};

struct sketch_options {
    const char *name;   /* of the scenario */
    const char *source; /* where it comes from, for its "why": "access.log" */
};

/* Makes a scenario of the most frequent kinds for the most frequent server, in the order of their counts, which are
 * their weights. What it leaves out goes into the remarks of the mix, and so does what people have to give: the
 * secrets. ERROR_INPUT where no kind is left. Untouched then. Release with sketch_release. */
int sketch_make(struct sketch *ret_sketch, const struct mix *mix, const struct sketch_options *options,
                struct error *err);
void sketch_release(struct sketch *sketch);

#endif
