#include "run/target_line.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"
#include "bench/service/attached.h"
#include "load/target.h"
#include "plan/scenario/first_ladder.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char scenario_name[] = "get";

/* Tells it from a scenario of a file. */
static const char scenario_why[] = "the path of the URL that was given instead of a scenario";

bool target_line_is_url(const char *word)
{
    return strstr(word, "://") != NULL;
}

/* ---- the services ---- */

static int check_new(const struct service_list *services, const char *name, struct error *err)
{
    for (size_t i = 0; i < services->count; i++) {
        if (strcmp(services->items[i].name, name) == 0) {
            return error_input(err, "two services are called \"%s\"; give the target another name: --target NAME=URL",
                               name);
        }
    }
    return 0;
}

int target_line_read(const struct target_line *line, struct service_list *services, struct error *err)
{
    const struct attached_options options = {.protocol = line->protocol, .allow_remote = line->allow_remote};

    for (size_t i = 0; i < line->urls.count; i++) {
        struct manifest manifest;
        if (attached_read(&manifest, line->urls.items[i], &options, err) != 0) {
            return error_context(err, "--target");
        }
        if (check_new(services, manifest.name, err) != 0) {
            manifest_release(&manifest);
            return -1;
        }
        *list_add(services->items, services->count) = manifest;
    }
    return 0;
}

/* ---- the scenario ---- */

static const char *common_path(const struct service_list *services, struct error *err)
{
    const char *path = NULL;

    for (size_t i = 0; i < services->count; i++) {
        const struct attachment *attached = services->items[i].attached;
        if (attached != NULL && path == NULL) {
            path = attached->path;
        } else if (attached != NULL && strcmp(attached->path, path) != 0) {
            error_input(err,
                        "the targets have the paths \"%s\" and \"%s\"; services are compared by the same requests: "
                        "give both the same path, or name a scenario",
                        path, attached->path);
            return NULL;
        }
    }
    return path;
}

/* Without the host, so that the same requests to another one are the same scenario. */
static char *text_of(const char *path)
{
    char *why = mem_format("a GET of %s, %s", path, scenario_why);
    json_t *json = json_pack("{s:i, s:s, s:s, s:[{s:s, s:s}]}", "schema", 1, "name", scenario_name, "why", why,
                             "requests", "name", "get", "path", path);

    first_ladder_add(json);
    char *text = json_dumps(json, JSON_INDENT(2));

    json_decref(json);
    free(why);
    return text;
}

static int scenario_of(const char *path, const struct overrides *overrides, struct scenario *ret_scenario,
                       struct error *err)
{
    char *text = text_of(path);
    int result = overrides_parse(overrides, "the scenario of a URL", text, ret_scenario, err);

    free(text);
    return result;
}

int target_line_scenario(const struct service_list *services, const struct overrides *overrides,
                         struct scenario *ret_scenario, struct error *err)
{
    const char *path = common_path(services, err);

    return path != NULL ? scenario_of(path, overrides, ret_scenario, err) : -1;
}

int target_line_plan(const char *url, const struct overrides *overrides, struct scenario *ret_scenario,
                     struct error *err)
{
    struct target target;
    const char *bare;
    char *name;

    if (attachment_split(url, &name, &bare, err) != 0) {
        return -1;
    }
    free(name);
    if (target_parse(&target, bare, err) != 0) {
        return -1;
    }
    int result = scenario_of(target.path, overrides, ret_scenario, err);
    target_release(&target);
    return result;
}

bool target_line_made(const struct run_record *run)
{
    return run->targets != NULL && strcmp(run->scenario_name, scenario_name) == 0 &&
           strstr(run->scenario_text, scenario_why) != NULL;
}

/* Messages are due by the wall clock, of which each machine has its own; and a stream needs what only the plain
 * transport has. */
static int check_streams(const struct attachment *attached, const struct scenario *scenario, struct error *err)
{
    if (attached->remote) {
        return error_input(err,
                           "--target %s: the lag of messages is measured by the wall clock, and that of another "
                           "machine differs from this one's; run the scenario %s on the machine of the service",
                           attached->url, scenario->name);
    }
    if (attached->tls || attached->http2) {
        return error_input(err,
                           "--target %s: the streams of the scenario %s are opened over plain HTTP/1.1 only, without "
                           "TLS and without --http2",
                           attached->url, scenario->name);
    }
    return 0;
}

int target_line_check(const struct service_list *services, const struct scenario *scenario, struct error *err)
{
    size_t attached = 0;

    for (size_t i = 0; i < services->count; i++) {
        const char *path = services->items[i].attached != NULL ? services->items[i].attached->path : "/";
        attached += services->items[i].attached != NULL;
        if (strcmp(path, "/") != 0) {
            return error_input(err,
                               "--target %s: the requests of the scenario %s have paths of their own, so that \"%s\" "
                               "would not be sent; leave it away, or write it into the scenario",
                               services->items[i].attached->url, scenario->name, path);
        }
        if (services->items[i].attached != NULL && scenario->doubling == DOUBLING_SUBSCRIBERS &&
            check_streams(services->items[i].attached, scenario, err) != 0) {
            return -1;
        }
    }
    if (attached > 0 && attached == services->count && needs_anything(&scenario->needs)) {
        return error_input(err,
                           "the scenario %s needs %s, which twofold gives to services that it starts itself; a target "
                           "runs already",
                           scenario->name, needs_words(&scenario->needs));
    }
    for (size_t i = 0; i < services->count && scenario->doubling == DOUBLING_SLOW; i++) {
        const struct attachment *its = services->items[i].attached;
        if (its != NULL && (its->tls || its->http2)) {
            return error_input(err,
                               "--target %s: the slow connections of the scenario %s speak plain HTTP/1.1; give a "
                               "target with http:// and without --http2",
                               its->url, scenario->name);
        }
    }
    if (attached > 0 && scenario->variable != NULL) {
        return error_input(err,
                           "the scenario %s starts each service anew with %s for each level; a target runs already",
                           scenario->name, scenario->variable);
    }
    return 0;
}

/* ---- to another machine ---- */

static void add_load(struct text *out, const struct scenario *scenario)
{
    uint64_t most = scenario->rate > 0 ? scenario->rate : scenario->from << (scenario->steps - 1);
    char level[UNITS_TEXT];

    units_write_count(level, scenario->spikes > 0 ? 2 * most : most);
    text_format(out, "%s %s", level, scenario->doubling == DOUBLING_CONNECTIONS ? "connections" : "requests/s");
}

void target_line_tell_remote(const struct service_list *services, const struct scenario *scenario)
{
    struct text load = {0};

    add_load(&load, scenario);
    for (size_t i = 0; i < services->count; i++) {
        const struct attachment *attached = services->items[i].attached;
        if (attached != NULL && attached->remote) {
            fprintf(stderr, "twofold: load goes to another machine: %s (%s), up to %s\n", attached->url,
                    attached->address, load.data);
        }
    }
    text_release(&load);
}
