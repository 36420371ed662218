/* wrong_line: tells of a wrong response on standard error, while load runs. */
#ifndef TWOFOLD_CLI_WRONG_LINE_H
#define TWOFOLD_CLI_WRONG_LINE_H

#include "plan/traffic/traffic.h"
#include "record/wrong_response.h"

/* Prints what it was a response to, what was expected and what came, on lines of their own. */
void wrong_line_print(const struct traffic *traffic, const struct wrong_response *wrong);

#endif
