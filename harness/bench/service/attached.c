#include "bench/service/attached.h"

#include "base/mem.h"
#include "base/text.h"
#include "bench/progress.h"
#include "bench/service/first_response.h"
#include "load/target.h"
#include "load/transport/transport.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- from its URL ---- */

/* Takes the strings of the target. */
static struct attachment *attachment_of(struct target *target, const struct protocol *protocol, bool named)
{
    struct attachment *attached = mem_new(1, sizeof *attached);

    *attached = (struct attachment){
        .url = target_url(target),
        .authorization = target->authorization,
        .host = target->name,
        .path = target->path,
        .port = target->port,
        .named = named,
        .remote = target->remote,
        .tls = target->tls,
        .http2 = protocol->http2,
        .insecure = protocol->insecure,
        .ca_file = mem_string(protocol->ca_file),
    };
    snprintf(attached->address, sizeof attached->address, "%s", target->address);
    target->authorization = target->name = target->path = NULL;
    return attached;
}

int attached_read(struct manifest *ret_manifest, const char *text, const struct attached_options *options,
                  struct error *err)
{
    struct protocol protocol = options->protocol;
    struct target target;
    const char *url;
    char *name;

    if (attachment_split(text, &name, &url, err) != 0) {
        return -1;
    }
    if (target_read(&target, url, options->allow_remote, err) != 0) {
        free(name);
        return -1;
    }
    int result = target_complete_protocol(&target, &protocol, err);
    if (result == 0) {
        char *authority = transport_authority(target.name, target.port, target.tls);
        *ret_manifest = (struct manifest){.name = name != NULL ? name : authority,
                                          .attached = attachment_of(&target, &protocol, name != NULL)};
        free(name != NULL ? authority : NULL);
    } else {
        free(name);
    }
    target_release(&target);
    return result;
}

struct protocol attached_protocol(const struct attachment *attached)
{
    return (struct protocol){.http2 = attached->http2,
                             .tls = attached->tls,
                             .ca_file = attached->ca_file,
                             .insecure = attached->insecure};
}

int attached_watch(const struct attachment *attached, struct watch **ret_watch, struct error *err)
{
    struct watch_options options = {.texts = (const char *const *)attached->watches,
                                    .port = attached->port,
                                    .local = !attached->remote};

    while (attached->watches != NULL && attached->watches[options.count] != NULL) {
        options.count++;
    }
    return watch_open(ret_watch, &options, err);
}

/* ---- before its trials ---- */

/* "auto, pid:7"; NULL: nothing was said. */
static char *watches_of(const struct attachment *attached)
{
    struct text all = {0};

    for (size_t i = 0; attached->watches != NULL && attached->watches[i] != NULL; i++) {
        text_format(&all, "%s%s", i > 0 ? ", " : "", attached->watches[i]);
    }
    return all.data;
}

static char *check_needs(const struct scenario *scenario)
{
    const char *needed = needs_words(&scenario->needs);

    if (needed == NULL) {
        return NULL;
    }
    return mem_format("the scenario %s needs %s, which twofold gives to services that it starts itself", scenario->name,
                      needed);
}

static int check_responses(const struct run *run, const struct attachment *attached, struct backend_record *record,
                           struct error *err)
{
    const struct first_response_options options = {
        .scenario = run->scenario,
        .host = attached->address,
        .port = attached->port,
        .name = attached->host,
        .protocol = attached_protocol(attached),
        .authorization = attached->authorization,
        .stop = run->stop,
    };
    struct error why = {0};

    progress_say(run->progress, "%s: sending each request once", record->name);
    if (first_response_check(&options, &record->skipped, &why) == 0) {
        return 0;
    }
    if (why.kind == ERROR_STOPPED) {
        return error_stopped(err);
    }
    record->skipped = mem_string(why.message);
    return 0;
}

int attached_prepare(const struct run *run, const struct manifest *manifest, struct backend_record *ret_record,
                     struct error *err)
{
    const struct attachment *attached = manifest->attached;
    const struct protocol protocol = attached_protocol(attached);
    struct backend_record record = {.name = mem_string(manifest->name),
                                    .attached = mem_string(attached->url),
                                    .protocol = mem_string(protocol_name(&protocol)),
                                    .watch = watches_of(attached),
                                    .skipped = check_needs(run->scenario)};

    if (record.skipped == NULL && check_responses(run, attached, &record, err) != 0) {
        backend_record_release(&record);
        return -1;
    }
    *ret_record = record;
    return 0;
}
