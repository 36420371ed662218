/* parts: the headers and the body of a request, as a scenario has them. Braces that were in them stand for themselves.
 * Secrets are not copied: each becomes the place of a value that is taken from the environment. */
#ifndef TWOFOLD_IMPORT_PARTS_PARTS_H
#define TWOFOLD_IMPORT_PARTS_PARTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct parts {
    json_t *members; /* "headers", "json" and "body" of a request, as far as there are any */
    json_t *secrets; /* value name -> environment variable */
};

void parts_init(struct parts *parts);
void parts_release(struct parts *parts);

/* Adds a header, except for those that belong to one connection or to one moment: what the generator sets itself, what
 * proxies use up, what HTTP/2 has instead of a request line, and what asks for changes since a former response. A
 * second header of a name is joined to the first. Returns whether it is one that a request can send: false for a name
 * or a value that is not, such as one with control characters. */
bool parts_add_header(struct parts *parts, const char *name, const char *value);

/* Adds the header that a name and a password are sent in, unless there is one: "Basic {authorization}", as RFC 7617 has
 * it. `user` can be NULL; then nothing is added. */
void parts_add_user(struct parts *parts, const char *user);

/* Adds a header whose value is a secret, whatever its name. */
void parts_add_secret_header(struct parts *parts, const char *name);

/* The value of the header of that name, in upper or lower case, as it was added; NULL: there is none. */
const char *parts_header(const struct parts *parts, const char *name);

/* Sets the body, after the headers, whose Content-Type says whether it is JSON or a form. Returns whether it can be
 * sent: false for bytes that are not UTF-8 text. An empty one is no body. */
bool parts_set_body(struct parts *parts, const char *body, size_t length);

/* Sets the body to this JSON value. Returns false where it cannot be in a scenario: it holds NUL characters, or is
 * nested more deeply than scenarios allow. */
bool parts_set_json(struct parts *parts, const json_t *body);

/* The place of a secret with this name, "{x_api_key}", on the heap. */
char *parts_secret(struct parts *parts, const char *name, size_t length);

#endif
