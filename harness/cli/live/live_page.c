#include "live/live_page.h"

#include "opened.h"

#include "report/html.h"

#include <stdio.h>

/* What cannot be read yet, or be made, is left out: the next one comes. */
static void put_page(struct live_page *page, const char *file, bool final)
{
    struct opened opened;
    struct text out = {0};

    if (!page_server_watched(page->server) || opened_read(&opened, file, &(struct opened_options){0}, NULL) != 0) {
        return;
    }
    const struct html_run run = {.file = opened.file, .findings = &opened.findings};
    if (html_write(&run, 1, &out, NULL) == 0) {
        page_server_put(page->server, &out, final);
    }
    text_release(&out);
    opened_release(&opened);
}

static void say(void *context, const char *line)
{
    const struct live_page *page = context;
    page->inner->say(page->inner->context, line);
}

static void live(void *context, const struct progress_live *step)
{
    const struct live_page *page = context;
    page->inner->live(page->inner->context, step);
}

static void wrong(void *context, const struct progress_wrong *wrong)
{
    const struct live_page *page = context;
    page->inner->wrong(page->inner->context, wrong);
}

static void step(void *context, const struct step_record *record, const struct step_verdict *verdict,
                 const struct host_usage *host, uint64_t left_ns)
{
    struct live_page *page = context;

    page->inner->step(page->inner->context, record, verdict, host, left_ns);
    put_page(page, page->file, false);
}

void live_page_start(struct live_page *page, const struct progress *inner, const char *file, bool serve)
{
    struct error why = {0};

    *page = (struct live_page){.progress = *inner, .inner = inner, .file = file};
    if (!serve) {
        return;
    }
    if (page_server_start(&page->server, &why) != 0) {
        fprintf(stderr, "twofold: %s; the run goes on without\n", why.message);
        return;
    }
    page->progress = (struct progress){.context = page, .say = say, .live = live, .wrong = wrong, .step = step};
    fprintf(stderr, "twofold: the page of this run: http://127.0.0.1:%u/\n", page_server_port(page->server));
}

void live_page_finish(struct live_page *page, const char *file)
{
    if (page->server != NULL && file != NULL) {
        put_page(page, file, true);
    }
    page_server_stop(page->server);
}
