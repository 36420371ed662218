/* token: JSON Web Tokens (RFC 7519) signed with HMAC and SHA-256 (HS256), as the login of the contract gives them. */
#ifndef TWOFOLD_CONTRACT_VERIFY_MODEL_TOKEN_H
#define TWOFOLD_CONTRACT_VERIFY_MODEL_TOKEN_H

#include "base/text.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

/* How long a token is good for. */
enum { TOKEN_LIFE_S = 3600 };

/* What a token is made of. */
struct token_parts {
    const char *algorithm; /* of the head: "HS256"; "none" has no signature */
    const char *key;
    const char *name; /* sub; NULL: none */
    int64_t issued_s; /* iat, since 1970 */
    int64_t ends_s;   /* exp; 0: none */
};

/* The token, on the heap. Whatever the head says, it is signed with HS256. */
char *token_make(const struct token_parts *parts);

/* Whether the token is HS256 under the key, for `name`, issued within a minute of `now_s`, and good for TOKEN_LIFE_S.
 * Otherwise appends what is wrong. */
bool token_check(const char *token, const char *key, const char *name, int64_t now_s, struct text *ret_wrong);

#endif
