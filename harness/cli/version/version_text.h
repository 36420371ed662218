/* version_text: what this program is: its version, the commit that it was built from, the libraries that it runs with
 * and the options that it was built with. */
#ifndef TWOFOLD_CLI_VERSION_VERSION_TEXT_H
#define TWOFOLD_CLI_VERSION_VERSION_TEXT_H

#include "base/text.h"

/* "libuv 1.44.2, libcurl 7.88.1 (OpenSSL/3.0.17), …": those that are loaded, not those that it was built against. */
void version_text_libraries(struct text *out);

/* All of it in one line, as run logs have it: "commit 443e9981; libuv 1.44.2, …; RelWithDebInfo". On the heap. */
char *version_text_line(void);

#endif
