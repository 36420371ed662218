/* secret: what must not be quoted. Records, reports and messages quote what programs wrote, and a program that fails
 * may write its passwords. This is the one rule for what is cut out of a quoted text:
 *
 * - the password of a URL: "postgresql://user:(cut)@host/";
 * - what is assigned to a name that is well known for secrets: AWS_SECRET_ACCESS_KEY=(cut), "password": "(cut)",
 *   Authorization: (cut);
 * - the value of such a variable, and the password of a URL in any variable, wherever it stands;
 * - what this process was told to keep (secret_keep), wherever it stands and however it is spelled there.
 *
 * It cannot know any other secret that bears no such name and stands in no such place. */
#ifndef TWOFOLD_BASE_SECRET_H
#define TWOFOLD_BASE_SECRET_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

#define SECRET_CUT "(cut)"

/* Whether a variable, key or header of this name holds a secret: AWS_*, names that end with TOKEN, SECRET, PASSWORD,
 * PASSPHRASE, CREDENTIALS, API_KEY, ACCESS_KEY or PRIVATE_KEY, "Authorization" and "Cookie", in any case; but not one
 * that ends with _FILE, _PATH, _DIR, _REGION, _PROFILE or _BUNDLE. `name` has `length` bytes. */
bool secret_is_name(const char *name, size_t length);

/* From now on every text of this process is cut of `value`: what a request sends as a secret comes back in responses,
 * and in the logs of services. It is found as it is, percent-encoded, and escaped as in JSON or HTML; where a text ends
 * or begins in the middle of it, from four bytes at the end and eight at the beginning on; one of fewer than four bytes
 * only where it is a word by itself. The process remembers it, because any message may hold it and none knows whom to
 * ask. It can be called while other threads cut. An empty value is nothing to keep. */
void secret_keep(const char *value);

/* Forget all of them: for tests. No other thread may cut meanwhile. */
void secret_forget(void);

/* Appends `string` without its secrets. `environment` ("NAME=value", NULL-terminated) names variables whose values are
 * looked for; NULL: none. A value of fewer than eight bytes is too short to be told from other words and stays. */
void secret_cut(struct text *out, const char *string, char *const *environment);

/* The same in place of `string`, which is freed; returns a string on the heap. NULL stays NULL. */
char *secret_without(char *string, char *const *environment);

#endif
