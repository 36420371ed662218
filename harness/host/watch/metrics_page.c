#include "host/watch/metrics_page.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"

#include <curl/curl.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define TIMEOUT_MS       2000L
#define FIRST_TIMEOUT_MS 5000L

/* A page that is larger is none: those of big services have a few hundred KiB. */
#define PAGE_MOST ((size_t)16 << 20)

/* Clients that take the start from the machine's uptime show it a little different each time. */
#define SAME_START_S 2.0

/* One connection may be refused by a service that is at work. */
#define REFUSED_MOST 3

struct metrics_page {
    char *url, *shown;
    CURL *curl;       /* the thread's, once that runs */
    struct text body; /* likewise */
    pthread_t thread;
    double start_s;       /* of the process at first; NAN: the page does not tell */
    bool nobody_listened; /* at the last fetch; the thread's */

    /* Between the thread and the others. */
    pthread_mutex_t mutex;
    pthread_cond_t wanted;
    bool asked, ending, fresh, other;
    unsigned refused; /* so many times in a row nobody listened */
    struct process_metrics metrics;
    uint64_t asked_ns;
};

static size_t add_to_body(char *data, size_t size, size_t count, void *context)
{
    struct text *body = context;
    size_t length = size * count;

    if (body->length + length > PAGE_MOST) {
        return 0;
    }
    text_append(body, data, length);
    return length;
}

/* A URL may hold a password, which no report may. */
static char *without_password(const char *url)
{
    const char *host = strstr(url, "://") + strlen("://");
    const char *end = host + strcspn(host, "/?#"), *at = NULL;

    for (const char *each = host; each < end; each++) {
        at = *each == '@' ? each : at;
    }
    return at != NULL ? mem_format("%.*s%s", (int)(host - url), url, at + 1) : mem_string(url);
}

static void set_up(struct metrics_page *page)
{
    page->curl = curl_easy_init();
    curl_easy_setopt(page->curl, CURLOPT_URL, page->url);
    curl_easy_setopt(page->curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(page->curl, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(page->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(page->curl, CURLOPT_USERAGENT, "twofold");
    curl_easy_setopt(page->curl, CURLOPT_ACCEPT_ENCODING, "");
    curl_easy_setopt(page->curl, CURLOPT_WRITEFUNCTION, add_to_body);
    curl_easy_setopt(page->curl, CURLOPT_WRITEDATA, &page->body);
    curl_easy_setopt(page->curl, CURLOPT_TIMEOUT_MS, FIRST_TIMEOUT_MS);
}

static int fetch(struct metrics_page *page, struct process_metrics *ret_metrics, struct error *err)
{
    long status = 0;

    text_clear(&page->body);
    CURLcode code = curl_easy_perform(page->curl);
    page->nobody_listened = code == CURLE_COULDNT_CONNECT;
    if (code != CURLE_OK) {
        return error_failed(err, "the page cannot be fetched: %s", curl_easy_strerror(code));
    }
    curl_easy_getinfo(page->curl, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) {
        return error_failed(err, "the page was answered with status %ld", status);
    }
    text_append(&page->body, "", 0);
    return process_metrics_read(ret_metrics, page->body.data, err);
}

static bool is_other(const struct metrics_page *page, const struct process_metrics *metrics)
{
    return fabs(metrics->start_s - page->start_s) > SAME_START_S; /* false where one is NAN */
}

static void *run(void *context)
{
    struct metrics_page *page = context;
    struct process_metrics metrics = {.start_s = NAN};

    pthread_mutex_lock(&page->mutex);
    while (!page->ending) {
        if (!page->asked) {
            pthread_cond_wait(&page->wanted, &page->mutex);
            continue;
        }
        uint64_t asked_ns = page->asked_ns;
        pthread_mutex_unlock(&page->mutex);
        bool came = fetch(page, &metrics, NULL) == 0;
        pthread_mutex_lock(&page->mutex);
        page->asked = false;
        page->refused = page->nobody_listened ? page->refused + 1 : 0;
        if (came) {
            page->fresh = true;
            page->other = page->other || is_other(page, &metrics);
            page->metrics = metrics;
            page->metrics.runtime.at_ns = asked_ns;
        }
    }
    pthread_mutex_unlock(&page->mutex);
    return NULL;
}

static int begin(struct metrics_page *page, struct error *err)
{
    struct process_metrics metrics = {.start_s = NAN};

    if (fetch(page, &metrics, err) != 0) {
        return -1;
    }
    page->start_s = metrics.start_s;
    curl_easy_setopt(page->curl, CURLOPT_TIMEOUT_MS, TIMEOUT_MS);
    if (pthread_create(&page->thread, NULL, run, page) != 0) {
        return error_failed(err, "the page cannot be fetched: no thread");
    }
    return 0;
}

static void release(struct metrics_page *page)
{
    pthread_mutex_destroy(&page->mutex);
    pthread_cond_destroy(&page->wanted);
    curl_easy_cleanup(page->curl);
    text_release(&page->body);
    free(page->url);
    free(page->shown);
    free(page);
}

int metrics_page_open(struct metrics_page **ret_page, const char *url, struct error *err)
{
    struct metrics_page *page = mem_new(1, sizeof *page);

    page->url = mem_string(url);
    page->shown = without_password(url);
    pthread_mutex_init(&page->mutex, NULL);
    pthread_cond_init(&page->wanted, NULL);
    set_up(page);
    if (begin(page, err) != 0) {
        error_context(err, "%s", page->shown);
        release(page);
        return -1;
    }
    *ret_page = page;
    return 0;
}

void metrics_page_ask(struct metrics_page *page)
{
    pthread_mutex_lock(&page->mutex);
    if (!page->asked) {
        page->asked = true;
        page->asked_ns = clock_now_ns();
        pthread_cond_signal(&page->wanted);
    }
    pthread_mutex_unlock(&page->mutex);
}

bool metrics_page_take(struct metrics_page *page, struct process_metrics *ret_metrics, uint64_t *ret_asked_ns)
{
    pthread_mutex_lock(&page->mutex);
    bool fresh = page->fresh;
    if (fresh) {
        *ret_metrics = page->metrics;
        *ret_asked_ns = page->metrics.runtime.at_ns;
        page->fresh = false;
    }
    pthread_mutex_unlock(&page->mutex);
    return fresh;
}

bool metrics_page_alive(struct metrics_page *page)
{
    pthread_mutex_lock(&page->mutex);
    bool alive = !page->other && page->refused < REFUSED_MOST;
    pthread_mutex_unlock(&page->mutex);
    return alive;
}

const char *metrics_page_url(const struct metrics_page *page)
{
    return page->shown;
}

void metrics_page_free(struct metrics_page *page)
{
    if (page != NULL) {
        pthread_mutex_lock(&page->mutex);
        page->ending = true;
        pthread_cond_signal(&page->wanted);
        pthread_mutex_unlock(&page->mutex);
        pthread_join(page->thread, NULL);
        release(page);
    }
}
