/* curl commands as people write them and browsers copy them ("Copy as cURL"), one or several. */
#include "import/format/format.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "import/format/curl_option.h"
#include "import/format/shell_words.h"
#include "import/parts/parts.h"
#include "import/url.h"
#include "plan/traffic/url_path.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define WORD_COLUMNS_MOST 60

/* A command that is being read. Strings are borrowed from its words. */
struct curl {
    const struct format_source *source;
    unsigned line;
    const char *method, *user;
    const char **urls;
    size_t url_count;
    bool get, head, has_data, is_json, compressed;
    struct text data;
    struct parts parts;
};

/* A word may be a whole body: its start says which one it is. */
static int refuse(const struct curl *curl, const char *word, const char *why, struct error *err)
{
    size_t line = strcspn(word, "\r\n"), most = utf8_fitting(word, WORD_COLUMNS_MOST);
    bool cut = most < line || word[line] != '\0';

    return error_input(err, "%s:%u: %.*s%s: %s", curl->source->file, curl->line, (int)(most < line ? most : line), word,
                       cut ? "..." : "", why);
}

/* ---- data ---- */

static void encode_all(struct text *out, const char *text)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (isalnum(c) || strchr("-._~", c) != NULL) {
            text_append(out, text, 1);
        } else {
            text_format(out, "%%%02X", c);
        }
    }
}

static void start_data(struct curl *curl)
{
    if (curl->has_data && !curl->is_json) {
        text_add(&curl->data, "&");
    }
    curl->has_data = true;
}

static int add_data(struct curl *curl, const char *value, bool raw, struct error *err)
{
    if (!raw && value[0] == '@') {
        return refuse(curl, "-d @", "a body from a file is not read; write the body itself into the command", err);
    }
    start_data(curl);
    text_add(&curl->data, value);
    return 0;
}

/* "name=content" or "content"; of both the content is encoded. */
static int add_encoded(struct curl *curl, const char *value, struct error *err)
{
    size_t name = strcspn(value, "=@");

    if (value[name] == '@') {
        return refuse(curl, "--data-urlencode", "a body from a file is not read; write the body itself", err);
    }
    start_data(curl);
    if (value[name] == '=') {
        text_append(&curl->data, value, name > 0 ? name + 1 : 0);
        value += name + 1;
    }
    encode_all(&curl->data, value);
    return 0;
}

/* ---- headers ---- */

static void add_part(struct curl *curl, const char *name, const char *value)
{
    if (!parts_add_header(&curl->parts, name, value)) {
        remarks_leave_out(curl->source->remarks, "headers that cannot be sent", 1, curl->line, name);
    }
}

static int add_header(struct curl *curl, const char *header, struct error *err)
{
    const char *colon = strchr(header, ':');

    if (header[0] == '@') {
        return refuse(curl, "-H @", "headers from a file are not read; write them into the command", err);
    }
    if (colon != NULL && colon > header) {
        char *name = mem_copy(header, (size_t)(colon - header));
        add_part(curl, name, colon + 1);
        free(name);
    }
    return 0;
}

static int add_json(struct curl *curl, const char *value, struct error *err)
{
    curl->is_json = true;
    return add_data(curl, value, false, err);
}

/* ---- options ---- */

static int apply(struct curl *curl, const struct curl_option *option, const char *value, struct error *err)
{
    switch (option->meaning) {
    case CURL_NOTHING:
        return 0;
    case CURL_METHOD:
        curl->method = value;
        return 0;
    case CURL_HEADER:
        return add_header(curl, value, err);
    case CURL_DATA:
        return add_data(curl, value, false, err);
    case CURL_DATA_RAW:
        return add_data(curl, value, true, err);
    case CURL_DATA_ENCODED:
        return add_encoded(curl, value, err);
    case CURL_JSON:
        return add_json(curl, value, err);
    case CURL_GET:
        curl->get = true;
        return 0;
    case CURL_HEAD:
        curl->head = true;
        return 0;
    case CURL_COOKIE:
        add_part(curl, "Cookie", value);
        return 0;
    case CURL_USER:
        curl->user = value;
        return 0;
    case CURL_BEARER:
        add_part(curl, "Authorization", "Bearer token");
        return 0;
    case CURL_AGENT:
        add_part(curl, "User-Agent", value);
        return 0;
    case CURL_REFERER:
        add_part(curl, "Referer", value);
        return 0;
    case CURL_RANGE: {
        char *range = mem_format("bytes=%s", value);
        add_part(curl, "Range", range);
        free(range);
        return 0;
    }
    case CURL_COMPRESSED:
        curl->compressed = true;
        return 0;
    case CURL_URL:
        *list_add(curl->urls, curl->url_count) = value;
        return 0;
    case CURL_NOT_READ:
        break;
    }
    char *name = mem_format("--%s", option->name);
    refuse(curl, name, "this option of curl is not read; send what it sends with -X, -H and -d", err);
    free(name);
    return -1;
}

/* `rest` is the value in the same word, NULL: it is the next one. Returns how many further words were taken, or -1. */
static int read_option(struct curl *curl, const struct curl_option *option, const char *rest, char **next,
                       struct error *err)
{
    if (!option->has_value) {
        return apply(curl, option, NULL, err);
    }
    if (rest == NULL && *next == NULL) {
        return error_input(err, "%s:%u: --%s: its value is missing", curl->source->file, curl->line, option->name);
    }
    if (apply(curl, option, rest != NULL ? rest : *next, err) != 0) {
        return -1;
    }
    return rest == NULL;
}

static int unknown(const struct curl *curl, const char *word, struct error *err)
{
    return refuse(curl, word, "this option of curl is not known here; remove it", err);
}

/* "-sSL", "-XPOST" or "-X" "POST". */
static int read_letters(struct curl *curl, const char *word, char **next, struct error *err)
{
    int taken = 0;

    for (const char *letter = word + 1; *letter != '\0'; letter++) {
        const struct curl_option *option = curl_option_of_letter(*letter);
        if (option == NULL) {
            return unknown(curl, word, err);
        }
        taken = read_option(curl, option, option->has_value && letter[1] != '\0' ? letter + 1 : NULL, next, err);
        if (taken < 0 || option->has_value) {
            break;
        }
    }
    return taken;
}

static int read_word(struct curl *curl, char **word, struct error *err)
{
    if (strncmp(*word, "--", 2) == 0 && (*word)[2] != '\0') {
        const struct curl_option *option = curl_option_named(*word + 2);
        if (option == NULL) {
            return unknown(curl, *word, err);
        }
        return read_option(curl, option, NULL, word + 1, err);
    }
    if ((*word)[0] == '-' && (*word)[1] != '\0') {
        return read_letters(curl, *word, word + 1, err);
    }
    *list_add(curl->urls, curl->url_count) = *word;
    return 0;
}

/* ---- the request ---- */

static const char *method_of(const struct curl *curl)
{
    if (curl->method != NULL) {
        return curl->method;
    }
    if (curl->head) {
        return "HEAD";
    }
    return curl->has_data && !curl->get ? "POST" : "GET";
}

/* The headers that curl adds by itself, as far as a service may look at them. */
static void add_own_headers(struct curl *curl)
{
    parts_add_user(&curl->parts, curl->user);
    if (curl->compressed && parts_header(&curl->parts, "Accept-Encoding") == NULL) {
        add_part(curl, "Accept-Encoding", "deflate, gzip");
    }
    if (curl->is_json && parts_header(&curl->parts, "Accept") == NULL) {
        add_part(curl, "Accept", "application/json");
    }
    if (curl->has_data && !curl->get && parts_header(&curl->parts, "Content-Type") == NULL) {
        add_part(curl, "Content-Type", curl->is_json ? "application/json" : "application/x-www-form-urlencoded");
    }
}

static char *target_of(const struct curl *curl, const struct url *url)
{
    struct text target = {0};

    text_add(&target, url->target);
    if (curl->get && curl->data.length > 0) {
        text_add(&target, strchr(url->target, '?') != NULL ? "&" : "?");
        url_path_encode(&target, curl->data.data, curl->data.length);
    }
    return text_take(&target);
}

static int add_url(struct curl *curl, const char *text, struct error *err)
{
    char *whole = strstr(text, "://") != NULL ? mem_string(text) : mem_format("http://%s", text);
    struct url url;

    if (url_read(&url, whole) != 0) {
        refuse(curl, text, "expected a URL such as http://127.0.0.1:8080/items/1", err);
        free(whole);
        return -1;
    }
    char *target = target_of(curl, &url);
    parts_add_user(&curl->parts, url.user);
    mix_add(curl->source->mix, &(struct sighting){.origin = url.origin,
                                                  .method = method_of(curl),
                                                  .target = target,
                                                  .members = curl->parts.members,
                                                  .secrets = curl->parts.secrets,
                                                  .line = curl->line});
    free(target);
    url_release(&url);
    free(whole);
    return 0;
}

static int add_request(struct curl *curl, struct error *err)
{
    add_own_headers(curl);
    if (curl->has_data && !curl->get && !parts_set_body(&curl->parts, curl->data.data, curl->data.length)) {
        return refuse(curl, "-d", "expected a body of UTF-8 text", err);
    }
    if (curl->url_count == 0) {
        return refuse(curl, "curl", "its URL is missing", err);
    }
    for (size_t i = 0; i < curl->url_count; i++) {
        if (add_url(curl, curl->urls[i], err) != 0) {
            return -1;
        }
    }
    return 0;
}

/* ---- the commands ---- */

static int read_command(const struct format_source *source, const struct shell_command *command, size_t first,
                        struct error *err)
{
    struct curl curl = {.source = source, .line = command->line};
    int taken = 0;

    parts_init(&curl.parts);
    for (char **word = command->words + first; *word != NULL && taken >= 0; word++) {
        taken = read_word(&curl, word, err);
        word += taken > 0 ? taken : 0;
    }
    int result = taken >= 0 ? add_request(&curl, err) : -1;
    parts_release(&curl.parts);
    text_release(&curl.data);
    free(curl.urls);
    return result;
}

/* Where the options begin, behind "curl" and the "$ " of a prompt; 0: it is no curl command. */
static size_t find_curl(const struct shell_command *command)
{
    size_t at = strcmp(command->words[0], "$") == 0 || strcmp(command->words[0], "%") == 0;
    bool curl = command->words[at] != NULL &&
                (strcmp(command->words[at], "curl") == 0 || strcmp(command->words[at], "curl.exe") == 0);

    return curl ? at + 1 : 0;
}

bool curl_command_fits(const char *line)
{
    line += strspn(line, " \t");
    line += strncmp(line, "$ ", 2) == 0 ? 2 : 0;
    size_t word = strcspn(line, " \t\r");

    return (word == 4 && strncmp(line, "curl", 4) == 0) || (word == 8 && strncmp(line, "curl.exe", 8) == 0);
}

static int check_shell(const struct format_source *source, const char *text, struct error *err)
{
    size_t line = strcspn(text, "\r\n");

    if (strncmp(text, "curl ^\"", 7) == 0 || (line > 0 && text[line - 1] == '^')) {
        return error_input(err, "%s: is written for the cmd shell of Windows; copy it as cURL (bash)", source->file);
    }
    return 0;
}

int curl_command_read(const struct format_source *source, const char *text, size_t length, struct error *err)
{
    struct shell_words words;
    int result = 0;

    if (strlen(text) != length) {
        return error_input(err, "%s: holds a NUL character; expected text", source->file);
    }
    if (check_shell(source, text, err) != 0) {
        return -1;
    }
    unsigned open_line = shell_words_read(&words, text);
    if (open_line > 0) {
        return error_input(err, "%s:%u: a quote begins here that does not end", source->file, open_line);
    }
    for (size_t i = 0; i < words.count && result == 0; i++) {
        size_t first = find_curl(&words.commands[i]);
        if (first > 0) {
            result = read_command(source, &words.commands[i], first, err);
        } else {
            remarks_leave_out(source->remarks, "commands other than curl", 1, words.commands[i].line,
                              words.commands[i].words[0]);
        }
    }
    shell_words_release(&words);
    return result;
}
