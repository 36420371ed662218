#include "answer.h"

#include <stdint.h>
#include <string.h>

#define ID_MOST      UINT64_C(9007199254740991)
#define ITEMS        "/items/"
#define ITEMS_LENGTH (sizeof ITEMS - 1)

struct status {
    int status;
    const char *title;
    const char *detail;
};

static const struct status *status_find(int status)
{
    static const struct status known[] = {
        {200, "OK", NULL},
        {400, "Bad Request", "The request is not HTTP that this service can read."},
        {405, "Method Not Allowed", "Only GET and HEAD are served here."},
        {414, "URI Too Long", "The path is longer than this service reads."},
        {422, "Unprocessable Content", "The id must be an integer from 1 to 9007199254740991."},
        {431, "Request Header Fields Too Large", "The head of the request is longer than this service reads."},
        {404, "Not Found", "There is nothing at this path."},
    };
    const struct status *found = known;
    while (found->status != status && found->status != 404) {
        found++;
    }
    return found;
}

static char *put_number(char *out, uint64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    memcpy(out, digits + at, sizeof digits - at);
    return out + (sizeof digits - at);
}

/* No escapes: the seed's names hold letters and a space. */
static void answer_item(struct answer *answer, const struct item *item)
{
    char *out = answer->body;
    out = put_number(stpcpy(out, "{\"id\":"), item->id);
    out = stpcpy(stpcpy(out, ",\"name\":\""), item->name);
    out = put_number(stpcpy(out, "\",\"price_cents\":"), item->price_cents);
    out = put_number(stpcpy(out, ",\"stock\":"), item->stock);
    out = stpcpy(out, ",\"tags\":[");
    const char *separator = "\"";
    for (unsigned n = 0; n < CATALOG_TAGS; n++) {
        if (item->tags >> n & 1) {
            out = stpcpy(stpcpy(stpcpy(out, separator), catalog_tag(n)), "\"");
            separator = ",\"";
        }
    }
    out = stpcpy(out, "]}");
    answer->status = 200;
    answer->length = (size_t)(out - answer->body);
}

static void answer_health(struct answer *answer)
{
    answer->status = 200;
    answer->length = (size_t)(stpcpy(answer->body, "{\"status\":\"ok\"}") - answer->body);
}

void answer_problem(struct answer *answer, int status)
{
    const struct status *known = status_find(status);
    char *out = answer->body;
    out = stpcpy(stpcpy(out, "{\"type\":\"about:blank\",\"title\":\""), known->title);
    out = put_number(stpcpy(out, "\",\"status\":"), (uint64_t)known->status);
    out = stpcpy(stpcpy(stpcpy(out, ",\"detail\":\""), known->detail), "\"}");
    answer->status = known->status;
    answer->length = (size_t)(out - answer->body);
}

/* 0 for anything that is not an id. */
static uint64_t read_id(const char *text, size_t length)
{
    uint64_t id = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9' || id > ID_MOST / 10) {
            return 0;
        }
        id = id * 10 + (uint64_t)(text[i] - '0');
    }
    return id <= ID_MOST ? id : 0;
}

/* Nothing of a target's query is read here. */
static size_t path_length(const char *target, size_t length)
{
    const char *query = memchr(target, '?', length);
    return query != NULL ? (size_t)(query - target) : length;
}

static bool is_health(const char *path, size_t length)
{
    return length == strlen("/healthz") && memcmp(path, "/healthz", length) == 0;
}

bool answer_is_stream(const char *target, size_t length)
{
    length = path_length(target, length);
    return length == strlen("/events") && memcmp(target, "/events", length) == 0;
}

/* "/items/" and something without a slash. */
static bool is_item(const char *path, size_t length)
{
    return length > ITEMS_LENGTH && memcmp(path, ITEMS, ITEMS_LENGTH) == 0 &&
           memchr(path + ITEMS_LENGTH, '/', length - ITEMS_LENGTH) == NULL;
}

void answer_get(struct answer *answer, const struct catalog *catalog, const char *target, size_t length)
{
    length = path_length(target, length);
    answer->stream = answer_is_stream(target, length);
    if (answer->stream) {
        answer->status = 200;
        answer->length = 0;
    } else if (is_health(target, length)) {
        answer_health(answer);
    } else if (is_item(target, length)) {
        uint64_t id = read_id(target + ITEMS_LENGTH, length - ITEMS_LENGTH);
        const struct item *item = catalog_find(catalog, id);
        if (item != NULL) {
            answer_item(answer, item);
        } else {
            answer_problem(answer, id == 0 ? 422 : 404);
        }
    } else {
        answer_problem(answer, 404);
    }
}

void answer_other(struct answer *answer, const char *target, size_t length)
{
    length = path_length(target, length);
    bool known = is_health(target, length) || is_item(target, length) || answer_is_stream(target, length);
    answer_problem(answer, known ? 405 : 404);
}

size_t answer_write(const struct answer *answer, const struct envelope *envelope, char *out)
{
    char *end = stpcpy(out, "HTTP/1.1 ");
    end = put_number(end, (uint64_t)answer->status);
    end = stpcpy(stpcpy(end, " "), status_find(answer->status)->title);
    end = stpcpy(stpcpy(end, "\r\nDate: "), envelope->date);
    end = stpcpy(end, "\r\nContent-Type: ");
    end = stpcpy(end, answer->status == 200 ? "application/json" : "application/problem+json");
    end = put_number(stpcpy(end, "\r\nContent-Length: "), answer->length);
    if (answer->status == 405) {
        end = stpcpy(end, "\r\nAllow: GET, HEAD");
    }
    if (envelope->last) {
        end = stpcpy(end, "\r\nConnection: close");
    } else if (envelope->old) {
        end = stpcpy(end, "\r\nConnection: keep-alive");
    }
    end = stpcpy(end, "\r\n\r\n");
    if (!envelope->head_only) {
        memcpy(end, answer->body, answer->length);
        end += answer->length;
    }
    return (size_t)(end - out);
}
