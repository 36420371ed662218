/* kept_header: finds a header in the header lines that were kept of a response (struct response, `head`). */
#ifndef TWOFOLD_LOAD_TRANSPORT_HEADS_KEPT_HEADER_H
#define TWOFOLD_LOAD_TRANSPORT_HEADS_KEPT_HEADER_H

#include <stddef.h>

/* The value of the first header of that name, in upper or lower case, without white space around it. It points into
 * `head`. NULL: there is none. */
const char *kept_header(const char *head, size_t head_length, const char *name, size_t *ret_length);

#endif
