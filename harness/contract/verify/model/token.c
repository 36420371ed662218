#include "contract/verify/model/token.h"

#include "base/base64.h"
#include "base/mem.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdlib.h>
#include <string.h>

enum { CLOCK_APART_S = 60 };

/* Base64 with the alphabet of URLs and without padding (RFC 7515). */
static void add_part(struct text *out, const void *data, size_t length)
{
    struct text plain = {0};

    base64_encode(data, length, &plain);
    for (size_t i = 0; i < plain.length && plain.data[i] != '='; i++) {
        char c = plain.data[i];
        c = c == '+' ? '-' : c;
        c = c == '/' ? '_' : c;
        text_append(out, &c, 1);
    }
    text_release(&plain);
}

static void add_json(struct text *out, json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT);

    add_part(out, text, strlen(text));
    free(text);
    json_decref(value);
}

static void add_signature(struct text *out, const char *signed_part, size_t length, const char *key)
{
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned count = 0;

    HMAC(EVP_sha256(), key, (int)strlen(key), (const unsigned char *)signed_part, length, bytes, &count);
    add_part(out, bytes, count);
}

char *token_make(const struct token_parts *parts)
{
    struct text token = {0}, signature = {0};
    json_t *claims = json_object();

    if (parts->name != NULL) {
        json_object_set_new(claims, "sub", json_string(parts->name));
    }
    json_object_set_new(claims, "iat", json_integer(parts->issued_s));
    if (parts->ends_s != 0) {
        json_object_set_new(claims, "exp", json_integer(parts->ends_s));
    }
    add_json(&token, json_pack("{s:s, s:s}", "alg", parts->algorithm, "typ", "JWT"));
    text_add(&token, ".");
    add_json(&token, claims);
    if (strcmp(parts->algorithm, "none") != 0) {
        add_signature(&signature, token.data, token.length, parts->key);
    }
    text_format(&token, ".%s", signature.length > 0 ? signature.data : "");
    text_release(&signature);
    return text_take(&token);
}

/* A new reference; NULL where that part is no JSON object. */
static json_t *read_part(const char *part, size_t length)
{
    struct text padded = {0}, plain = {0};
    json_t *value = NULL;

    for (size_t i = 0; i < length; i++) {
        char c = part[i];
        c = c == '-' ? '+' : c;
        c = c == '_' ? '/' : c;
        text_append(&padded, &c, 1);
    }
    while (padded.length % 4 != 0) {
        text_add(&padded, "=");
    }
    if (padded.length > 0 && base64_decode(padded.data, &plain) == 0) {
        value = json_loadb(plain.data, plain.length, JSON_REJECT_DUPLICATES, NULL);
    }
    text_release(&padded);
    text_release(&plain);
    return value;
}

static bool has_algorithm(const json_t *head)
{
    const char *algorithm = json_string_value(json_object_get(head, "alg"));
    return algorithm != NULL && strcmp(algorithm, "HS256") == 0;
}

static void check_claims(const json_t *claims, const char *name, int64_t now_s, struct text *wrong)
{
    const char *subject = json_string_value(json_object_get(claims, "sub"));
    const json_t *issued = json_object_get(claims, "iat"), *ends = json_object_get(claims, "exp");
    int64_t from = json_integer_value(issued), to = json_integer_value(ends);

    if (subject == NULL || strcmp(subject, name) != 0) {
        text_format(wrong, "the token's sub is not \"%s\"", name);
    } else if (!json_is_integer(issued) || from < now_s - CLOCK_APART_S || from > now_s + CLOCK_APART_S) {
        text_add(wrong, "the token's iat is not the present second");
    } else if (!json_is_integer(ends) || to - from != TOKEN_LIFE_S) {
        text_format(wrong, "the token's exp is not %d s after its iat", TOKEN_LIFE_S);
    }
}

bool token_check(const char *token, const char *key, const char *name, int64_t now_s, struct text *ret_wrong)
{
    size_t head_length = strcspn(token, ".");
    const char *rest = token + head_length + (token[head_length] == '.');
    size_t claims_length = strcspn(rest, ".");
    const char *end = rest + claims_length;
    struct text signature = {0}, wrong = {0};
    json_t *head = read_part(token, head_length), *claims = read_part(rest, claims_length);

    add_signature(&signature, token, (size_t)(end - token), key);
    if (head == NULL || claims == NULL || *end != '.') {
        text_add(&wrong, "the token is not three parts in base64url, of which two are JSON");
    } else if (!has_algorithm(head)) {
        text_add(&wrong, "the token's alg is not HS256");
    } else if (signature.data == NULL || strcmp(end + 1, signature.data) != 0) {
        text_add(&wrong, "the token is not signed with TOKEN_KEY");
    } else {
        check_claims(claims, name, now_s, &wrong);
    }
    bool good = wrong.length == 0;
    text_add(ret_wrong, good ? "" : wrong.data);
    text_release(&wrong);
    text_release(&signature);
    json_decref(head);
    json_decref(claims);
    return good;
}
