#include "import/url.h"

#include "base/mem.h"
#include "plan/traffic/url_path.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static int hex_digit(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

void url_decode(struct text *out, const char *part, size_t length, bool is_query)
{
    for (size_t i = 0; i < length; i++) {
        char c = part[i];
        if (c == '%' && i + 2 < length && isxdigit((unsigned char)part[i + 1]) &&
            isxdigit((unsigned char)part[i + 2])) {
            c = (char)(hex_digit(part[i + 1]) << 4 | hex_digit(part[i + 2]));
            i += 2;
        } else if (c == '+' && is_query) {
            c = ' ';
        }
        text_append(out, &c, 1);
    }
}

/* ---- the server ---- */

static bool is_host(const char *host, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)host[i];
        if (c <= 0x20 || c >= 0x7f || strchr("\"<>\\^`{|}%", c) != NULL) {
            return false;
        }
    }
    return length > 0 && host[0] != ':';
}

static size_t without_usual_port(const char *scheme, const char *host, size_t length)
{
    const char *port = strcmp(scheme, "https") == 0 ? ":443" : ":80";
    size_t port_length = strlen(port);

    if (length > port_length && strncmp(host + length - port_length, port, port_length) == 0) {
        return length - port_length;
    }
    return length;
}

static char *origin_of(const char *scheme, const char *host, size_t length)
{
    char *origin = mem_format("%s://%.*s", scheme, (int)without_usual_port(scheme, host, length), host);

    for (char *c = origin; *c != '\0'; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    return origin;
}

/* ---- the rest ---- */

static char *target_of(const char *rest)
{
    struct text target = {0};

    if (*rest != '/') {
        text_add(&target, "/");
    }
    url_path_encode(&target, rest, strcspn(rest, "#"));
    return text_take(&target);
}

static char *user_of(const char *user, size_t length)
{
    struct text decoded = {0};

    url_decode(&decoded, user, length, false);
    if (memchr(user, ':', length) == NULL) {
        text_add(&decoded, ":");
    }
    return text_take(&decoded);
}

static int read_absolute(struct url *url, const char *scheme, const char *rest)
{
    size_t length = strcspn(rest, "/?#");
    const char *host = rest, *at = NULL;

    for (size_t i = 0; i < length; i++) {
        if (rest[i] == '@') {
            at = rest + i;
            host = at + 1;
        }
    }
    size_t host_length = (size_t)(rest + length - host);
    if (!is_host(host, host_length)) {
        return -1;
    }
    *url = (struct url){.origin = origin_of(scheme, host, host_length), .target = target_of(rest + length)};
    if (at != NULL) {
        url->user = user_of(rest, (size_t)(at - rest));
    }
    return 0;
}

int url_read(struct url *url, const char *text)
{
    if (strncasecmp(text, "http://", 7) == 0) {
        return read_absolute(url, "http", text + 7);
    }
    if (strncasecmp(text, "https://", 8) == 0) {
        return read_absolute(url, "https", text + 8);
    }
    if (text[0] != '/' || text[1] == '/') {
        return -1;
    }
    *url = (struct url){.origin = mem_string(""), .target = target_of(text)};
    return 0;
}

void url_release(struct url *url)
{
    free(url->origin);
    free(url->target);
    free(url->user);
    *url = (struct url){0};
}
