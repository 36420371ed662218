/* url: splits a URL as people copy it into the server that it names and what is asked of that server. */
#ifndef TWOFOLD_IMPORT_URL_H
#define TWOFOLD_IMPORT_URL_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

struct url {
    char *origin; /* "https://shop.example:8443", in lower case and without the usual port; "" for a bare path */
    char *target; /* path and query as a request line holds them, without the fragment; at least "/" */
    char *user;   /* "name:password", decoded; NULL: none */
};

/* Reads "http://…", "https://…" or a path that begins with "/". Returns 0, or -1 for anything else; *url is untouched
 * then. Release with url_release. */
int url_read(struct url *url, const char *text);
void url_release(struct url *url);

/* Appends the bytes that percent-encoding stands for. In a query "+" is a space. A "%" without two hexadecimal digits
 * behind it stands for itself. */
void url_decode(struct text *out, const char *part, size_t length, bool is_query);

#endif
