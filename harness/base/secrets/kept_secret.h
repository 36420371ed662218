/* kept_secret: the secrets that the process was told to keep (secret_keep in base/secret.h), and where they stand in a
 * text, however they are spelled there. */
#ifndef TWOFOLD_BASE_SECRETS_KEPT_SECRET_H
#define TWOFOLD_BASE_SECRETS_KEPT_SECRET_H

#include <stddef.h>

/* The length of the secret, or of the part of one, that stands at `at` in `whole`; 0: none does. */
size_t kept_secret_at(const char *whole, const char *at);

#endif
