/* request_line: the request that `twofold load URL` sends, as -X, -H and -d say it: with the meaning that they have for
 * curl, apart from -d @FILE, whose bytes are sent as they are. */
#ifndef TWOFOLD_CLI_RUN_REQUEST_LINE_H
#define TWOFOLD_CLI_RUN_REQUEST_LINE_H

#include "arguments.h"
#include "base/error.h"
#include "plan/traffic/traffic.h"

#include <stdbool.h>

struct request_line {
    const char *method;            /* -X; NULL: GET, or POST where there is a body */
    struct arguments_list headers; /* -H "NAME: VALUE" */
    struct arguments_list data;    /* -d BODY or -d @FILE; more than one are joined by "&" */
};

/* Whether any of them is given. */
bool request_line_given(const struct request_line *line);

/* The request of `path`, in which braces mean nothing. A body without a Content-Type gets that of a form, as curl gives
 * it. What headers with names such as Authorization hold is a secret from then on (base/secret.h). ERROR_INPUT names
 * the option and what was expected; *traffic is untouched then. */
int request_line_make(const struct request_line *line, const char *path, struct traffic *traffic, struct error *err);

#endif
