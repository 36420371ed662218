/* Access logs of web servers in the formats called common and combined, as Apache and nginx write them:
 *
 *   192.0.2.7 - ann [29/Nov/2026:16:53:57 +0000] "GET /items/7 HTTP/1.1" 200 512 "https://shop.example/" "Mozilla/5.0"
 *
 * also with the virtual host in front ("shop.example:443 192.0.2.7 - …"). What stands behind the status is not read. */
#include "import/format/format.h"

#include "base/mem.h"
#include "base/text.h"
#include "import/url.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The parts of a line; the pointers are into it. */
struct log_line {
    const char *host; /* the virtual host; NULL: none */
    size_t host_length;
    const char *request; /* between the quotes */
    size_t request_length;
    int status;
};

/* ---- a line ---- */

static size_t count_words(const char *text, const char *end)
{
    size_t words = 0;

    for (const char *c = text; c < end; c++) {
        words += *c != ' ' && (c == text || c[-1] == ' ');
    }
    return words;
}

/* "shop.example:443", which an IPv6 address is not. */
static bool is_host_and_port(const char *word, size_t length)
{
    const char *colon = memchr(word, ':', length);
    size_t digits = colon != NULL ? strspn(colon + 1, "0123456789") : 0;

    return digits > 0 && colon > word && colon + 1 + digits == word + length;
}

/* What stands before the time: host, identity and user, the last of which may hold spaces. */
static bool read_front(const char *line, const char *bracket, struct log_line *parts)
{
    size_t words = count_words(line, bracket), first = strcspn(line, " ");

    if (words >= 4 && is_host_and_port(line, first)) {
        parts->host = line;
        parts->host_length = first;
    }
    return words >= 3;
}

/* The end of the text in quotes that begins at `at`, where the quote itself stands; NULL: it does not end. */
static const char *end_of_quoted(const char *at)
{
    while (*at != '\0' && *at != '"') {
        at += at[0] == '\\' && at[1] != '\0' ? 2 : 1;
    }
    return *at == '"' ? at : NULL;
}

static bool read_status(const char *at, int *ret_status)
{
    if (strspn(at, "0123456789") != 3 || (at[3] != ' ' && at[3] != '\0')) {
        return false;
    }
    *ret_status = (int)strtol(at, NULL, 10);
    return *ret_status >= 100 && *ret_status <= 599;
}

static bool split(const char *line, struct log_line *parts)
{
    const char *bracket = strstr(line, " ["), *close = bracket != NULL ? strstr(bracket, "] \"") : NULL;

    *parts = (struct log_line){0};
    if (close == NULL || !read_front(line, bracket, parts)) {
        return false;
    }
    parts->request = close + 3;
    const char *end = end_of_quoted(parts->request);
    if (end == NULL || end[1] != ' ') {
        return false;
    }
    parts->request_length = (size_t)(end - parts->request);
    return read_status(end + 2, &parts->status);
}

/* ---- its request ---- */

static int digit_of(char c)
{
    return isdigit((unsigned char)c) ? c - '0' : tolower((unsigned char)c) - 'a' + 10;
}

/* Apache and nginx write what is not printable as \xHH, and quotes and backslashes as \" and \\. */
static char *unescaped(const char *text, size_t length)
{
    struct text out = {0};

    for (size_t i = 0; i < length; i++) {
        char c = text[i];
        if (c == '\\' && i + 3 < length && text[i + 1] == 'x' && isxdigit((unsigned char)text[i + 2]) &&
            isxdigit((unsigned char)text[i + 3])) {
            c = (char)(digit_of(text[i + 2]) << 4 | digit_of(text[i + 3]));
            i += 3;
        } else if (c == '\\' && i + 1 < length) {
            c = text[++i];
        }
        text_append(&out, &c, 1);
    }
    return text_take(&out);
}

/* Cuts "GET /path HTTP/1.1" into its words in place. Returns the path; NULL: it is no request. */
static char *cut_request(char *request)
{
    size_t method = strspn(request, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_");
    char *version = strrchr(request, ' ');

    if (method == 0 || request[method] != ' ' || version == NULL || strncmp(version, " HTTP/", 6) != 0 ||
        version <= request + method) {
        return NULL;
    }
    request[method] = '\0';
    *version = '\0';
    return request + method + 1;
}

static bool has_body(const char *method)
{
    return strcmp(method, "POST") == 0 || strcmp(method, "PUT") == 0 || strcmp(method, "PATCH") == 0;
}

static void leave_out_bodied(const struct format_source *source, const struct sighting *sighting)
{
    char *request = mem_format("%s %s", sighting->method, sighting->target);

    remarks_leave_out(source->remarks, "POST, PUT and PATCH requests, whose bodies a log does not have", 1,
                      sighting->line, request);
    free(request);
}

/* On the heap. */
static char *origin_of(const struct log_line *parts, const struct url *url)
{
    char *text = NULL, *origin;
    struct url host;

    if (url->origin[0] == '\0' && parts->host != NULL) {
        bool secure = parts->host_length > 4 && strncmp(parts->host + parts->host_length - 4, ":443", 4) == 0;
        text = mem_format("%s://%.*s", secure ? "https" : "http", (int)parts->host_length, parts->host);
    }
    if (text == NULL || url_read(&host, text) != 0) {
        origin = mem_string(url->origin);
    } else {
        origin = mem_string(host.origin);
        url_release(&host);
    }
    free(text);
    return origin;
}

/* Whether the request is one of HTTP. */
static bool add(const struct format_source *source, const struct log_line *parts, uint64_t number)
{
    char *request = unescaped(parts->request, parts->request_length), *path = cut_request(request);
    struct url url;
    bool is_request = path != NULL && url_read(&url, path) == 0;

    if (is_request) {
        char *origin = origin_of(parts, &url);
        const struct sighting sighting = {.origin = origin,
                                          .method = request,
                                          .target = url.target,
                                          .status = parts->status,
                                          .fold = true,
                                          .line = number};
        if (has_body(request)) {
            leave_out_bodied(source, &sighting);
        } else {
            mix_add(source->mix, &sighting);
        }
        free(origin);
        url_release(&url);
    }
    free(request);
    return is_request;
}

bool access_log_fits(const char *line)
{
    struct log_line parts;

    return split(line, &parts);
}

void access_log_read(const struct format_source *source, const char *line, size_t length, uint64_t number)
{
    struct log_line parts;

    if (length == 0) {
        return;
    }
    if (strlen(line) != length || !split(line, &parts) || !add(source, &parts, number)) {
        format_leave_out_line(source, line, number);
    }
}
