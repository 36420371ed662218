#include "base/secret.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/secrets/kept_secret.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Shorter values are ordinary words. */
#define VALUE_LEAST 8

/* What stands before the name of a header in a key path of a scenario. */
#define HEADER_PATH "].headers."

struct secret_span {
    const char *start;
    size_t length;
};

/* ---- names ---- */

static char plain_letter(char letter)
{
    return (char)(letter == '-' ? '_' : toupper((unsigned char)letter));
}

static bool ends_with(const char *name, size_t length, const char *end)
{
    size_t end_length = strlen(end);

    if (length < end_length) {
        return false;
    }
    for (size_t i = 0; i < end_length; i++) {
        if (plain_letter(name[length - end_length + i]) != end[i]) {
            return false;
        }
    }
    return true;
}

static bool ends_with_any(const char *name, size_t length, const char *const *ends, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (ends_with(name, length, ends[i])) {
            return true;
        }
    }
    return false;
}

bool secret_is_name(const char *name, size_t length)
{
    static const char *const ends[] = {"TOKEN",   "SECRET",     "PASSWORD",     "PASSWD",     "PASSPHRASE",
                                       "API_KEY", "APIKEY",     "ACCESS_KEY",   "ACCESSKEY",  "ACCESS_KEY_ID",
                                       "SECRETS", "SECRET_KEY", "PRIVATE_KEY",  "PRIVATEKEY", "CREDENTIALS",
                                       "COOKIE",  "SECRETKEY",  "AUTHORIZATION"};

    static const char *const harmless[] = {"_FILE", "_PATH", "_DIR", "_REGION", "_PROFILE", "_BUNDLE"};

    if (ends_with_any(name, length, harmless, sizeof harmless / sizeof harmless[0])) {
        return false;
    }
    return (length > 4 && strncmp(name, "AWS_", 4) == 0) ||
           ends_with_any(name, length, ends, sizeof ends / sizeof ends[0]);
}

static bool in_name(char letter)
{
    return isalnum((unsigned char)letter) || letter == '_' || letter == '-';
}

static bool is_upper(const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (islower((unsigned char)name[i])) {
            return false;
        }
    }
    return true;
}

/* ---- assignments ---- */

static bool is_header(const char *name, size_t length)
{
    return ends_with(name, length, "AUTHORIZATION") || ends_with(name, length, "COOKIE");
}

/* The length of a value: up to the quote that ends it, or up to what cannot be a part of it. */
static size_t value_length(const char *at, char quote)
{
    size_t length = 0;

    if (quote == '\0') {
        return strcspn(at, " \t\r\n,;&'\"`)}]>");
    }
    while (at[length] != '\0' && at[length] != quote && at[length] != '\n') {
        length += at[length] == '\\' && at[length + 1] != '\0' ? 2 : 1;
    }
    return length;
}

/* The value that is assigned to the name of `length` bytes at `name`. "token: }" is a sentence and no assignment, so a
 * colon counts only after a name in quotes, a name in capitals, and the name of a header; and not behind the key of a
 * header in a scenario, where a sentence follows: "requests[0].headers.Authorization: expected …". */
static struct secret_span assigned(const char *name, size_t length, bool quoted, bool in_path)
{
    const char *at = name + length;
    struct secret_span none = {NULL, 0};

    if (quoted) {
        at++;
    }
    at += strspn(at, " ");
    bool colon = *at == ':' && (quoted || is_header(name, length) || is_upper(name, length)) && !in_path;
    if (*at != '=' && !colon) {
        return none;
    }
    at++;
    at += *at == '>'; /* Ruby */
    at += strspn(at, " ");
    if (!quoted && is_header(name, length) && *at != '"' && *at != '\'') {
        return (struct secret_span){at, strcspn(at, "\r\n")}; /* "Bearer …": to the end of the line */
    }
    char quote = *at == '"' || *at == '\'' ? *at : '\0';
    at += quote != '\0';
    return (struct secret_span){at, value_length(at, quote)};
}

/* A secret that begins with the name at `at`, the first letter of it. */
static struct secret_span find_assigned(const char *whole, const char *at, size_t *ret_name)
{
    size_t length = 0;
    while (in_name(at[length])) {
        length++;
    }
    bool quoted = at > whole && (at[-1] == '"' || at[-1] == '\'') && at[length] == at[-1];

    bool in_path = (size_t)(at - whole) >= strlen(HEADER_PATH) &&
                   strncmp(at - strlen(HEADER_PATH), HEADER_PATH, strlen(HEADER_PATH)) == 0;

    *ret_name = length;
    if (!secret_is_name(at, length)) {
        return (struct secret_span){NULL, 0};
    }
    return assigned(at, length, quoted, in_path);
}

/* ---- URLs ---- */

/* The password of the URL whose "://" is at `at`. */
static struct secret_span url_password(const char *at)
{
    const char *user = at + 3, *host = NULL;
    const char *end = user + strcspn(user, " \t\r\n\"'<>`/?#");

    for (const char *c = user; c < end; c++) {
        host = *c == '@' ? c : host;
    }
    const char *colon = host != NULL ? memchr(user, ':', (size_t)(host - user)) : NULL;
    if (colon == NULL || colon + 1 == host) {
        return (struct secret_span){NULL, 0};
    }
    return (struct secret_span){colon + 1, (size_t)(host - colon - 1)};
}

/* ---- values of variables ---- */

static struct secret_span secret_of_variable(const char *variable)
{
    const char *equals = strchr(variable, '=');
    struct secret_span secret = {NULL, 0};

    if (equals == NULL) {
        return secret;
    }
    const char *url = strstr(equals, "://");
    if (url != NULL) {
        secret = url_password(url);
    }
    if (secret.start == NULL && secret_is_name(variable, (size_t)(equals - variable))) {
        secret = (struct secret_span){equals + 1, strlen(equals + 1)};
    }
    return secret;
}

/* The list of what is worth looking for, longest first, so that one that begins another does not leave its end. */
static struct secret_span *list_values(char *const *environment, size_t *ret_count)
{
    struct secret_span *values = NULL;
    size_t count = 0;

    for (size_t i = 0; environment != NULL && environment[i] != NULL; i++) {
        struct secret_span value = secret_of_variable(environment[i]);
        if (value.start == NULL || value.length < VALUE_LEAST) {
            continue;
        }
        *list_add(values, count) = value;
        for (size_t j = count - 1; j > 0 && values[j].length > values[j - 1].length; j--) {
            struct secret_span longer = values[j];
            values[j] = values[j - 1];
            values[j - 1] = longer;
        }
    }
    *ret_count = count;
    return values;
}

static size_t value_at(const char *at, const struct secret_span *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strncmp(at, values[i].start, values[i].length) == 0) {
            return values[i].length;
        }
    }
    return 0;
}

/* ---- the whole ---- */

/* Appends what stands before the secret, and SECRET_CUT in its place. Returns where the text goes on. */
static const char *cut(struct text *out, const char *at, struct secret_span secret)
{
    text_append(out, at, (size_t)(secret.start - at));
    text_add(out, SECRET_CUT);
    return secret.start + secret.length;
}

/* Where the text goes on after what begins at `at`. */
static const char *step(struct text *out, const char *whole, const char *at)
{
    struct secret_span secret = {NULL, 0};
    size_t length = 1;

    if (strncmp(at, "://", 3) == 0) {
        secret = url_password(at);
    } else if (in_name(*at) && (at == whole || !in_name(at[-1]))) {
        secret = find_assigned(whole, at, &length);
    }
    if (secret.start != NULL && secret.length > 0 && strncmp(secret.start, SECRET_CUT, strlen(SECRET_CUT)) != 0) {
        return cut(out, at, secret);
    }
    text_append(out, at, 1);
    return at + 1;
}

void secret_cut(struct text *out, const char *string, char *const *environment)
{
    size_t count;
    struct secret_span *values = list_values(environment, &count);

    for (const char *at = string; *at != '\0';) {
        size_t length = value_at(at, values, count);
        if (length == 0) {
            length = kept_secret_at(string, at);
        }
        if (length > 0) {
            at = cut(out, at, (struct secret_span){at, length});
        } else {
            at = step(out, string, at);
        }
    }
    free(values);
}

char *secret_without(char *string, char *const *environment)
{
    struct text out = {0};

    if (string == NULL) {
        return NULL;
    }
    secret_cut(&out, string, environment);
    free(string);
    return text_take(&out);
}
