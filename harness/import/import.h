/* import: a scenario out of what people have already: a HAR, an OpenAPI document, an access log, a list of URLs, or
 * curl commands. */
#ifndef TWOFOLD_IMPORT_IMPORT_H
#define TWOFOLD_IMPORT_IMPORT_H

#include "base/error.h"
#include "import/remarks.h"
#include "import/sketch/sketch.h"

#include <stdatomic.h>

struct import_options {
    const char *format;      /* "har", "openapi", "log", "urls" or "curl"; NULL: as the content shows */
    const char *name;        /* of the scenario */
    const atomic_bool *stop; /* ends the reading with ERROR_STOPPED; may be NULL */
};

/* Reads the file and makes a scenario, which scenario_parse takes, in *ret_sketch. Logs and lists of URLs are read line
 * by line, and memory grows with the different kinds of requests in them, up to a bound; the others are read whole.
 * `remarks` gets what was left out, on failure too. ERROR_INPUT where the file cannot be read, where it is of none of
 * these formats or not of the one that was named, and where it holds no request that can be sent. */
int import_read(struct sketch *ret_sketch, const char *file, const struct import_options *options,
                struct remarks *remarks, struct error *err);

/* Writes the name that a scenario from this file has unless another one is given: the file's, in the letters that names
 * of scenarios have. */
char *import_name_for(const char *file);

#endif
